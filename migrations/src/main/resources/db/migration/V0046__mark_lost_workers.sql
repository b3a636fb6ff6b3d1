-- Ended by others, not by its own word: what it had open when it was lost may be why.
ALTER TABLE worker ADD COLUMN lost boolean NOT NULL DEFAULT false;
