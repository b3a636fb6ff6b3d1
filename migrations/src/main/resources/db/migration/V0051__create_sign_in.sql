-- A browser that wants to enter, until a person says yes in the bot: docs beside propusk.domain.signin.SignInState.
CREATE TABLE sign_in (
  -- public: it proves nothing
  id              text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
  kind            text        NOT NULL CHECK (kind IN ('approval', 'site', 'event')),
  -- who alone may exchange it: SHA-256 of the browser's cookie or, where a page of another origin began it, of the verifier it keeps
  browser_hash    bytea       NOT NULL CHECK (octet_length(browser_hash) = 32),
  origin          text,
  -- what leads a person here: SHA-256 of the link's start parameter, HMAC of the code that people type
  start_hash      bytea       UNIQUE CHECK (octet_length(start_hash) = 32),
  code_hash       bytea       UNIQUE CHECK (octet_length(code_hash) = 32),
  -- the number on the page; the three in the chat in their order
  number          smallint    NOT NULL CHECK (number BETWEEN 10 AND 99),
  choices         smallint[]  NOT NULL CHECK (cardinality(choices) = 3 AND number = ANY (choices)),
  -- of the number typed, whoever has it: a known and an unknown one leave the same row but for the account
  phone_hash      bytea       CHECK (octet_length(phone_hash) = 32),
  -- whom it asks; later who opened it and who approved it
  account_id      bigint      REFERENCES account ON DELETE CASCADE,
  phase           text        NOT NULL CHECK (phase IN ('waiting', 'opened', 'approved', 'exchanged',
                                'denied', 'mismatched', 'expired', 'replaced')),
  version         bigint      NOT NULL DEFAULT 1,
  -- as the browser calls itself: shown to the person who is asked, never trusted
  browser         text,
  system          text,
  ip              inet,
  -- where the browser goes on afterwards: a path of this site
  redirect        text        CHECK (redirect LIKE '/%'),
  -- whether the browser wants to be known again
  remember        boolean     NOT NULL,
  organization_id bigint,
  event_id        bigint,
  created_at      timestamptz NOT NULL,
  deadline        timestamptz NOT NULL,
  -- an approval's question went to the outbox
  told_at         timestamptz,
  opened_at       timestamptz,
  decided_at      timestamptz,
  ended_at        timestamptz,
  CHECK ((kind = 'approval') = (phone_hash IS NOT NULL)),
  CHECK ((kind = 'approval') = (start_hash IS NULL)),
  CHECK ((kind = 'event') = (code_hash IS NOT NULL)),
  CHECK (phase IN ('waiting', 'expired', 'replaced') OR account_id IS NOT NULL),
  CHECK ((phase IN ('waiting', 'opened', 'approved')) = (ended_at IS NULL))
);
-- One question at a time about one number.
CREATE UNIQUE INDEX sign_in_asking ON sign_in (phone_hash) WHERE phase = 'waiting';
CREATE INDEX sign_in_live ON sign_in (deadline) WHERE ended_at IS NULL;
CREATE INDEX sign_in_untold ON sign_in (created_at) WHERE kind = 'approval' AND phase = 'waiting' AND told_at IS NULL;
CREATE INDEX sign_in_account ON sign_in (account_id);
CREATE INDEX sign_in_created ON sign_in (created_at);
