-- Messages our bots owe: written in the transaction of the change they tell of, sent afterwards.
CREATE TABLE outbox (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bot_id     bigint      NOT NULL,
  chat_id    bigint      NOT NULL,
  -- 0 a reply, 1 a notice, 2 bulk; within a chat a smaller number goes first, then the smaller id
  priority   smallint    NOT NULL CHECK (priority BETWEEN 0 AND 2),
  kind       text        NOT NULL CHECK (kind IN ('request', 'login_ended')),
  -- login_ended: the login; the words are found when the message is sent
  subject    text,
  -- request: what to ask of the Bot API, sealed with SECRET_KEY; blanked once sent or dropped
  payload    bytea,
  state      text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sent', 'dropped', 'dead')),
  attempts   integer     NOT NULL DEFAULT 0,
  due_at     timestamptz NOT NULL,
  error      text,
  created_at timestamptz NOT NULL,
  ended_at   timestamptz,
  CHECK ((kind = 'login_ended') = (subject IS NOT NULL)),
  CHECK ((kind = 'request' AND state IN ('open', 'dead')) = (payload IS NOT NULL)),
  CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE INDEX outbox_chat ON outbox (bot_id, chat_id, priority, id) WHERE state = 'open';
CREATE INDEX outbox_next ON outbox (bot_id, priority, id) WHERE state = 'open';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state IN ('sent', 'dropped');
