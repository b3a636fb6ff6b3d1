-- The bot of our own that the person wrote to last: what lets somebody in is asked and told by such a one only, since an organization has
-- its bot's token too.
ALTER TABLE account ADD COLUMN own_bot_id bigint;
UPDATE account a SET own_bot_id = a.bot_id
WHERE NOT EXISTS (SELECT 1 FROM bot b WHERE b.id = a.bot_id AND b.organization_id IS NOT NULL);
