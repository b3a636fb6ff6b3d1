-- How many logins this worker runs at once: when all places are taken, a page says how long its wait is.
ALTER TABLE worker ADD COLUMN capacity integer NOT NULL DEFAULT 1000 CHECK (capacity > 0);
ALTER TABLE worker ALTER COLUMN capacity DROP DEFAULT;
