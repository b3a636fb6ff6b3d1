-- Groups that our bots are in or were in, kept up to date from what Telegram tells of them.
CREATE TABLE chat_group (
  bot_id      bigint      NOT NULL,
  chat_id     bigint      NOT NULL,
  type        text        NOT NULL CHECK (type IN ('group', 'supergroup', 'channel')),
  title       text        NOT NULL,
  -- the bot's own
  standing    text        NOT NULL CHECK (standing IN ('member', 'administrator', 'left', 'kicked')),
  -- people seen to join and to leave while the bot was there: Telegram gives bots no list
  joined      integer     NOT NULL DEFAULT 0 CHECK (joined >= 0),
  gone        integer     NOT NULL DEFAULT 0 CHECK (gone >= 0),
  -- the supergroup that this group has become
  migrated_to bigint,
  first_seen  timestamptz NOT NULL,
  changed_at  timestamptz NOT NULL,
  PRIMARY KEY (bot_id, chat_id)
);
