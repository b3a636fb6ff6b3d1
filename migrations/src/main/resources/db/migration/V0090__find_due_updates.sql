-- What is due comes straight from the index, oldest first. A chat that waits for another try has all its updates put
-- off with the one that failed, so nobody looks past them. Those that failed are handled alone and found apart.
DROP INDEX inbox_oldest;
CREATE INDEX inbox_due ON inbox (bot_id, due_at, update_id) WHERE state = 'open';
CREATE INDEX inbox_failed ON inbox (bot_id, due_at, update_id) WHERE state = 'open' AND attempts > 0;
