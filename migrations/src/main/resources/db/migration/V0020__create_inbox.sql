-- Updates of our bots, kept from the moment Telegram hands them over until they are handled.
CREATE TABLE inbox (
  bot_id      bigint      NOT NULL,
  -- Telegram's own number: the key drops what is delivered twice
  update_id   bigint      NOT NULL,
  -- updates of one chat are handled in order; where there is no chat, the person or the update itself stands in
  chat_id     bigint      NOT NULL,
  -- sealed with SECRET_KEY; blanked once done, kept when dead so that an admin can open it
  payload     bytea,
  state       text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dead')),
  attempts    integer     NOT NULL DEFAULT 0,
  due_at      timestamptz NOT NULL,
  -- a class of error, never its message
  error       text,
  received_at timestamptz NOT NULL,
  ended_at    timestamptz,
  PRIMARY KEY (bot_id, update_id),
  CHECK ((state = 'done') = (payload IS NULL)),
  CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE INDEX inbox_open ON inbox (bot_id, chat_id, update_id) WHERE state = 'open';
CREATE INDEX inbox_oldest ON inbox (bot_id, received_at, update_id) WHERE state = 'open';
CREATE INDEX inbox_ended ON inbox (ended_at) WHERE state = 'done';
