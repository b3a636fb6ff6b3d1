-- A club or company whose events have pages here, and whose own sites and bots call us with its keys.
CREATE TABLE organization (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- its name in addresses
  slug       text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])$'),
  name       text        NOT NULL CHECK (name <> ''),
  -- where its events take place: their times are written in it
  time_zone  text        NOT NULL,
  created_at timestamptz NOT NULL
);

-- A person as an organization has met them.
CREATE TABLE participant (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id bigint      NOT NULL REFERENCES organization,
  account_id      bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  met_at          timestamptz NOT NULL,
  UNIQUE (organization_id, account_id)
);
CREATE INDEX participant_account ON participant (account_id);

-- A participant who belongs to the organization.
CREATE TABLE membership (
  participant_id bigint      PRIMARY KEY REFERENCES participant ON DELETE CASCADE,
  joined_at      timestamptz NOT NULL,
  -- since when they want to hear of new events; null: they do not
  news_since     timestamptz
);
