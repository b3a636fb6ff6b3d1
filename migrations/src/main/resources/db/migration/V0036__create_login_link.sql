-- What binds a browser to a login once: the page link and the page code of the second screen, and the link to the
-- password page. Kept after use, so that a second try hears why it fails.
CREATE TABLE login_link (
  -- of a link SHA-256; of a page code, which is short, an HMAC with a key derived from SECRET_KEY
  hash       bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
  login_id   text        NOT NULL REFERENCES login ON DELETE CASCADE,
  kind       text        NOT NULL CHECK (kind IN ('page_link', 'page_code', 'password_link')),
  created_at timestamptz NOT NULL,
  spent_at   timestamptz
);
CREATE INDEX login_link_login ON login_link (login_id);
