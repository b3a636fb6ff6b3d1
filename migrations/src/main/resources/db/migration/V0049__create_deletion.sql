-- People who asked to be forgotten, until the last of their sessions is logged out at Telegram and all rows are erased.
CREATE TABLE deletion (
  account_id   bigint      PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  -- where they are told that it is done
  bot_id       bigint      NOT NULL,
  chat_id      bigint      NOT NULL,
  requested_at timestamptz NOT NULL
);
