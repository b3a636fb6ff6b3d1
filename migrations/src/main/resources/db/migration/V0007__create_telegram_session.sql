-- The vault: a saved Telegram session is the client's binlog, sealed with a random key of its own (session_key),
-- which is itself sealed with VAULT_KEY. The previous version is kept: an older copy still works (measured).
CREATE TABLE telegram_session (
  id                   text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
  account_id           bigint      NOT NULL REFERENCES account,
  telegram_id          bigint      NOT NULL,
  state                text        NOT NULL CHECK (state IN ('live', 'log_out_pending', 'revoked', 'deactivated', 'duplicated', 'damaged', 'ended')),
  version              integer     NOT NULL DEFAULT 1,
  session_key          bytea,
  sealed               bytea,
  previous_session_key bytea,
  previous_sealed      bytea,
  worker_id            bigint      REFERENCES worker,
  epoch                bigint      NOT NULL DEFAULT 0,
  created_at           timestamptz NOT NULL,
  checked_at           timestamptz,
  ended_at             timestamptz,
  -- a session that is over leaves no key behind: deleting the key erases it
  CHECK ((state IN ('live', 'log_out_pending', 'damaged', 'duplicated')) = (session_key IS NOT NULL AND sealed IS NOT NULL)),
  CHECK ((state = 'live') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX telegram_session_live ON telegram_session (account_id) WHERE state = 'live';
CREATE INDEX telegram_session_log_out ON telegram_session (id) WHERE state = 'log_out_pending';
