-- A bot's organization is one of ours. The two came in the opposite order.
UPDATE bot SET organization_id = NULL
WHERE organization_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organization o WHERE o.id = bot.organization_id);
ALTER TABLE bot ADD FOREIGN KEY (organization_id) REFERENCES organization;
