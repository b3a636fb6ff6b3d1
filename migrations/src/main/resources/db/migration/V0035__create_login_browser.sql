-- An ordinary browser that may follow a login: the second screen that shows its code, the page where its password
-- is typed, or the browser that logs in by phone number. Its cookie only as SHA-256.
CREATE TABLE login_browser (
  cookie_hash bytea       PRIMARY KEY CHECK (octet_length(cookie_hash) = 32),
  login_id    text        NOT NULL REFERENCES login ON DELETE CASCADE,
  kind        text        NOT NULL CHECK (kind IN ('second_screen', 'password', 'phone')),
  -- as the browser calls itself: shown to the login's owner, never trusted
  browser     text,
  system      text,
  ip          inet,
  opened_at   timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX login_browser_login ON login_browser (login_id);
-- A code is shown on one second screen only.
CREATE UNIQUE INDEX login_browser_screen ON login_browser (login_id) WHERE kind = 'second_screen';
