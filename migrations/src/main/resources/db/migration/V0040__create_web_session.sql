-- A browser that entered the website. Its cookie is 256 random bits, of which only the SHA-256 is kept.
CREATE TABLE web_session (
  id_hash           bytea       PRIMARY KEY CHECK (octet_length(id_hash) = 32),
  account_id        bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  login_via         text        NOT NULL CHECK (login_via IN ('telegram_code')),
  -- the login that opened it: one login lets one browser in
  login_id          text        UNIQUE REFERENCES login ON DELETE SET NULL,
  -- how often its cookie was handed out: once more where the answer was lost and it was never shown to us
  handed_out        smallint    NOT NULL DEFAULT 1 CHECK (handed_out BETWEEN 1 AND 2),
  browser           text        NOT NULL,
  ip                inet        NOT NULL,
  created_at        timestamptz NOT NULL,
  -- shown last; null until it is shown for the first time
  seen_at           timestamptz,
  -- the absolute end, however busy it is
  expires_at        timestamptz NOT NULL,
  revoked_at        timestamptz
);
CREATE INDEX web_session_account ON web_session (account_id) WHERE revoked_at IS NULL;
CREATE INDEX web_session_old ON web_session (expires_at);
