-- Chats that refuse our messages (403): nothing is queued for them until the person writes again.
CREATE TABLE blocked_chat (
  bot_id     bigint      NOT NULL,
  chat_id    bigint      NOT NULL,
  blocked_at timestamptz NOT NULL,
  PRIMARY KEY (bot_id, chat_id)
);
