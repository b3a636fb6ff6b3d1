-- A bot we answer as. The id is Telegram's: the number before the colon of its token. The token itself is configuration.
CREATE TABLE bot (
  id         bigint      PRIMARY KEY,
  username   text        NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
