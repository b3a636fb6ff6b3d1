-- A browser that its owner lets be known again. Its cookie is `id.verifier`; the verifier changes with each use.
CREATE TABLE trusted_device (
  id            text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
  account_id    bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  -- SHA-256 of the verifier that counts, and of the one before it
  verifier_hash bytea       NOT NULL CHECK (octet_length(verifier_hash) = 32),
  previous_hash bytea       CHECK (octet_length(previous_hash) = 32),
  -- the verifier's number in its family
  counter       integer     NOT NULL DEFAULT 0 CHECK (counter >= 0),
  rotated_at    timestamptz NOT NULL,
  browser       text,
  system        text,
  ip            inet,
  created_at    timestamptz NOT NULL,
  used_at       timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  -- its owner signed out: known again only together with the number
  resting       boolean     NOT NULL DEFAULT false,
  revoked_at    timestamptz,
  revoked_for   text        CHECK (revoked_for IN ('person', 'theft', 'session_ended')),
  CHECK ((revoked_at IS NULL) = (revoked_for IS NULL))
);
CREATE INDEX trusted_device_account ON trusted_device (account_id) WHERE revoked_at IS NULL;
CREATE INDEX trusted_device_old ON trusted_device (expires_at);
-- The device that brought a browser in: both end together.
ALTER TABLE web_session ADD COLUMN device_id text REFERENCES trusted_device ON DELETE SET NULL;
CREATE INDEX web_session_device ON web_session (device_id) WHERE device_id IS NOT NULL AND revoked_at IS NULL;
