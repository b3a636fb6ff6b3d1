-- Saved sessions are asked now and then whether they still live, and are told apart by what went wrong with them.
ALTER TABLE telegram_session
  -- somebody waits for a check: cleared by the next one, however it went
  ADD COLUMN check_wanted_at timestamptz,
  -- checks in a row in which Telegram did not answer, and until when the next one waits for that
  ADD COLUMN check_failures  integer NOT NULL DEFAULT 0 CHECK (check_failures >= 0),
  ADD COLUMN check_after     timestamptz,
  -- uses in a row in which the worker was lost; a good use sets it back
  ADD COLUMN lost_uses       integer NOT NULL DEFAULT 0 CHECK (lost_uses >= 0),
  -- why a session is logged out: at its owner's wish, for a newer one, with all of the person's data
  ADD COLUMN log_out_for     text CHECK (log_out_for IN ('person', 'newer_session', 'deletion')),
  DROP CONSTRAINT telegram_session_state_check,
  ADD CONSTRAINT telegram_session_state_check CHECK (state IN
    ('live', 'log_out_pending', 'revoked', 'deactivated', 'duplicated', 'damaged', 'quarantined', 'ended')),
  DROP CONSTRAINT telegram_session_check,
  ADD CONSTRAINT telegram_session_keys CHECK
    ((state IN ('live', 'log_out_pending', 'damaged', 'duplicated', 'quarantined')) = (session_key IS NOT NULL AND sealed IS NOT NULL));
CREATE INDEX telegram_session_oldest_check ON telegram_session (checked_at) WHERE state = 'live';
CREATE INDEX telegram_session_wanted ON telegram_session (check_wanted_at) WHERE check_wanted_at IS NOT NULL;
