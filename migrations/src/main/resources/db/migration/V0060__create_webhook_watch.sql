-- Who looks after a bot's webhook now, and how many strangers its door has turned away since somebody looked.
CREATE TABLE webhook_watch (
  bot_id       bigint      PRIMARY KEY,
  looked_at    timestamptz,
  -- one process looks at a time; one that dies gives the bot back by this
  leased_until timestamptz,
  refused      bigint      NOT NULL DEFAULT 0 CHECK (refused >= 0)
);
