-- What was put aside is counted every few seconds, among the many rows that were not.
CREATE INDEX inbox_dead ON inbox (bot_id, ended_at) WHERE state = 'dead';
CREATE INDEX outbox_dead ON outbox (bot_id, ended_at) WHERE state = 'dead';
