-- A phone login begins in a browser: nobody knows yet whose it will be, and no chat asked for it.
ALTER TABLE login
  ALTER COLUMN account_id DROP NOT NULL,
  ALTER COLUMN bot_id DROP NOT NULL,
  ALTER COLUMN chat_id DROP NOT NULL,
  ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language IN ('ru', 'en')),
  -- the number's HMAC-SHA-256 with SECRET_KEY
  ADD COLUMN phone_hash bytea CHECK (octet_length(phone_hash) = 32),
  -- since when it waits for its first worker; null once one has taken it
  ADD COLUMN waiting_since timestamptz,
  -- awaiting_code: where Telegram sent the code and how many digits it has
  ADD COLUMN code_via text CHECK (code_via IN ('telegram', 'sms', 'call', 'other')),
  ADD COLUMN code_length integer CHECK (code_length >= 0),
  ADD CHECK ((purpose = 'phone_login') = (phone_hash IS NOT NULL)),
  ADD CHECK (purpose = 'phone_login' OR (account_id IS NOT NULL AND bot_id IS NOT NULL)),
  ADD CHECK ((bot_id IS NULL) = (chat_id IS NULL)),
  ADD CHECK (phase <> 'awaiting_code' OR (tries_left IS NOT NULL AND code_via IS NOT NULL AND code_length IS NOT NULL));

UPDATE login l SET language = a.language FROM account a WHERE a.id = l.account_id;
ALTER TABLE login ALTER COLUMN language DROP DEFAULT;

-- One live login per person; one by phone lives per browser, and learns late whose it is.
DROP INDEX login_live;
CREATE UNIQUE INDEX login_live ON login (account_id) WHERE ended_at IS NULL AND purpose <> 'phone_login';
CREATE INDEX login_waiting ON login (waiting_since) WHERE waiting_since IS NOT NULL AND ended_at IS NULL;
