-- A browser as the same words elsewhere: what it calls itself may be unknown, and where it runs is a fact of its own.
ALTER TABLE web_session ALTER COLUMN browser DROP NOT NULL, ALTER COLUMN ip DROP NOT NULL, ADD COLUMN system text;
