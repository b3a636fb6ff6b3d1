-- What was seen and done each time somebody looked after a bot's webhook.
CREATE TABLE webhook_check (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bot_id        bigint      NOT NULL,
  checked_at    timestamptz NOT NULL,
  occasion      text        NOT NULL CHECK (occasion IN ('start', 'timer', 'request', 'conflict')),
  -- scheme and host only where it is not ours: strangers write tokens into paths; empty: none was set
  address       text        NOT NULL,
  pending       integer     NOT NULL,
  ip_address    text,
  last_error_at timestamptz,
  last_error    text,
  refused       bigint      NOT NULL,
  -- words with commas; empty: all is well
  findings      text        NOT NULL CHECK (findings ~ '^([a-z_]+(,[a-z_]+)*)?$'),
  action        text        NOT NULL CHECK (action IN ('none', 'set', 'deleted')),
  outcome       text        NOT NULL,
  -- whether it was as it should be in the end
  ours          boolean     NOT NULL
);
CREATE INDEX webhook_check_latest ON webhook_check (bot_id, id);
CREATE INDEX webhook_check_age ON webhook_check (checked_at);
