-- A person we met in a verified way: an update of a bot, or init data. Identity is the Telegram id.
CREATE TABLE account (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  telegram_id   bigint      NOT NULL UNIQUE CHECK (telegram_id > 0),
  first_name    text        NOT NULL,
  last_name     text,
  username      text,
  language      text        NOT NULL CHECK (language IN ('ru', 'en')),
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);
