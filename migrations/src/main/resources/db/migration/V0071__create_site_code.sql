-- What a page of another site gets for an approved sign-in, and its backend exchanges for the person, once: of its 256 random bits only the SHA-256 is kept.
CREATE TABLE site_code (
  hash        bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
  sign_in_id  text        NOT NULL UNIQUE REFERENCES sign_in ON DELETE CASCADE,
  expires_at  timestamptz NOT NULL,
  redeemed_at timestamptz
);
