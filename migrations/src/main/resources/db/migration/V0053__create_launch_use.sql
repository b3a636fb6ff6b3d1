-- A launch of the Mini App by whose init data a browser has entered: SHA-256 of what Telegram signed.
CREATE TABLE launch_use (
  fingerprint bytea       PRIMARY KEY CHECK (octet_length(fingerprint) = 32),
  used_at     timestamptz NOT NULL
);
CREATE INDEX launch_use_old ON launch_use (used_at);
