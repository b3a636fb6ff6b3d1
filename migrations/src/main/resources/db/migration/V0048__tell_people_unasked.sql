-- Where a person is told of what they did not ask for: the bot they last wrote to.
ALTER TABLE account ADD COLUMN bot_id bigint;
UPDATE account a SET bot_id = (
  SELECT l.bot_id FROM login l WHERE l.account_id = a.id AND l.bot_id IS NOT NULL ORDER BY l.created_at DESC LIMIT 1);

-- Every kind but `request` names a subject, and its words are found when it is sent.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_kind_check,
  DROP CONSTRAINT outbox_check,
  ADD CONSTRAINT outbox_kind CHECK (kind ~ '^[a-z_]{1,32}$'),
  ADD CONSTRAINT outbox_subject CHECK ((kind = 'request') = (subject IS NULL));
