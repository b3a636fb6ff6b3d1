-- The code itself is never stored: code_hash is its HMAC-SHA-256 with SECRET_KEY.
CREATE TABLE invite (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code_hash  bytea       NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
  -- the last four characters, so that an operator can tell invites apart
  hint       text        NOT NULL,
  plan_code  text        NOT NULL REFERENCES plan,
  max_uses   integer     NOT NULL CHECK (max_uses > 0),
  used       integer     NOT NULL DEFAULT 0 CHECK (used >= 0),
  -- live logins that hold a use until they end
  reserved   integer     NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (used + reserved <= max_uses)
);

CREATE TABLE invite_redemption (
  invite_id   bigint      NOT NULL REFERENCES invite,
  account_id  bigint      NOT NULL REFERENCES account,
  redeemed_at timestamptz NOT NULL,
  PRIMARY KEY (invite_id, account_id)
);
