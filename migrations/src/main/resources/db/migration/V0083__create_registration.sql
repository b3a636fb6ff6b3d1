-- Somebody who registered with their name and the contact they shared. Identity is the Telegram id: the same number may belong to
-- several customers, one after the other, and none is ever merged with another.
CREATE TABLE customer (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- its name in JSON: random, so that nobody counts customers
  public_id       text        NOT NULL UNIQUE CHECK (public_id ~ '^[A-Za-z0-9_-]{22}$'),
  account_id      bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  -- whose bot brought the contact, by its service key; null: ours did
  organization_id bigint      REFERENCES organization,
  name            text        NOT NULL CHECK (name <> ''),
  -- as account's: HMAC-SHA-256 with SECRET_KEY, and sealed
  phone_hash      bytea       NOT NULL CHECK (octet_length(phone_hash) = 32),
  phone_sealed    bytea       NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (account_id, organization_id)
);

-- A browser that registers: docs beside propusk.domain.registration.RegistrationState.
CREATE TABLE registration (
  -- public: it proves nothing. In links and JSON it follows tg_
  id              text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
  -- who alone may go on with it: SHA-256 of the browser's cookie
  browser_hash    bytea       NOT NULL UNIQUE CHECK (octet_length(browser_hash) = 32),
  name            text        NOT NULL CHECK (name <> ''),
  phase           text        NOT NULL CHECK (phase IN
    ('pending', 'asked', 'contact_received', 'code_sent', 'registered', 'expired')),
  version         bigint      NOT NULL DEFAULT 1,
  -- as the browser calls itself: shown in the chat, never trusted
  browser         text,
  system          text,
  ip              inet,
  -- who opened the link in the chat, and where
  account_id      bigint      REFERENCES account ON DELETE CASCADE,
  bot_id          bigint,
  chat_id         bigint,
  customer_id     bigint      REFERENCES customer ON DELETE CASCADE,
  -- the code that was sent last: its HMAC-SHA-256 with SECRET_KEY, its wrong tries, how many were sent
  code_hash       bytea       CHECK (octet_length(code_hash) = 32),
  wrong_tries     smallint    NOT NULL DEFAULT 0,
  codes           smallint    NOT NULL DEFAULT 0,
  sent_at         timestamptz,
  created_at      timestamptz NOT NULL,
  deadline        timestamptz NOT NULL,
  ended_at        timestamptz,
  CHECK (phase IN ('pending', 'expired') OR account_id IS NOT NULL),
  CHECK (phase NOT IN ('contact_received', 'code_sent', 'registered') OR customer_id IS NOT NULL),
  CHECK ((phase = 'code_sent') = (code_hash IS NOT NULL)),
  CHECK ((phase IN ('registered', 'expired')) = (ended_at IS NOT NULL))
);
CREATE INDEX registration_live ON registration (deadline) WHERE ended_at IS NULL;
CREATE INDEX registration_asked ON registration (account_id) WHERE phase = 'asked';
CREATE INDEX registration_old ON registration (created_at);
CREATE INDEX registration_account ON registration (account_id);
