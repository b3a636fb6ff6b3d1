-- What an organization's own sites and bots show when they call us: 256 random bits, of which only the SHA-256 is kept.
CREATE TABLE service_key (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id bigint      NOT NULL REFERENCES organization,
  -- what it is used for, in the operator's words
  name            text        NOT NULL CHECK (name <> ''),
  hash            bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  -- its last four characters, so that an operator can tell keys apart
  hint            text        NOT NULL,
  created_at      timestamptz NOT NULL,
  used_at         timestamptz,
  revoked_at      timestamptz
);

-- A session whose person an organization vouched for, with its key, is good for that organization's pages only.
ALTER TABLE web_session ADD COLUMN organization_id bigint REFERENCES organization;
