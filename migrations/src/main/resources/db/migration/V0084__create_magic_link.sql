-- A link from the chat that lets one browser in, once: for who lost the page they began on. Only its SHA-256 is kept.
CREATE TABLE magic_link (
  hash            bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
  -- the sign-in that it comes of: one link each
  sign_in_id      text        NOT NULL UNIQUE CHECK (sign_in_id ~ '^[A-Za-z0-9_-]{22}$'),
  account_id      bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  -- whose bot vouched for the person, by its service key: what comes of it is good for its pages only
  organization_id bigint      REFERENCES organization,
  -- where the browser goes on: a path of this site
  redirect        text        NOT NULL CHECK (redirect LIKE '/%'),
  created_at      timestamptz NOT NULL,
  deadline        timestamptz NOT NULL,
  spent_at        timestamptz
);
CREATE INDEX magic_link_old ON magic_link (deadline);
CREATE INDEX magic_link_account ON magic_link (account_id);

ALTER TABLE sign_in
  ADD FOREIGN KEY (organization_id) REFERENCES organization,
  ADD FOREIGN KEY (event_id) REFERENCES event;
