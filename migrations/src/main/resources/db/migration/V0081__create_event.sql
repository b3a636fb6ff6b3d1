CREATE TABLE event (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id bigint      NOT NULL REFERENCES organization,
  -- its name in addresses: random, so that nobody counts through an organization's events
  public_id       text        NOT NULL UNIQUE CHECK (public_id ~ '^[A-Za-z0-9_-]{22}$'),
  title           text        NOT NULL CHECK (title <> ''),
  starts_at       timestamptz NOT NULL,
  ends_at         timestamptz NOT NULL CHECK (ends_at > starts_at),
  -- anybody may know the city, only who is registered the place
  city            text        NOT NULL,
  place           text        NOT NULL,
  -- null: everybody may come
  capacity        integer     CHECK (capacity > 0),
  -- its registrations, counted under the lock of this row
  taken           integer     NOT NULL DEFAULT 0 CHECK (taken >= 0 AND taken <= capacity),
  cancelled_at    timestamptz,
  created_at      timestamptz NOT NULL
);
CREATE INDEX event_of_organization ON event (organization_id, starts_at);

CREATE TABLE event_registration (
  event_id       bigint      NOT NULL REFERENCES event,
  participant_id bigint      NOT NULL REFERENCES participant ON DELETE CASCADE,
  registered_at  timestamptz NOT NULL,
  PRIMARY KEY (event_id, participant_id)
);
CREATE INDEX event_registration_participant ON event_registration (participant_id);
