-- How far a login came, also once it has ended: for the funnel.
ALTER TABLE login
  ADD COLUMN opened_at  timestamptz,
  -- somebody's phone took the code
  ADD COLUMN scanned_at timestamptz;
UPDATE login SET opened_at = created_at WHERE phase <> 'requested' AND qr_seq > 0;
UPDATE login SET scanned_at = coalesce(ended_at, created_at) WHERE phase IN ('awaiting_password', 'finalizing', 'completed');
CREATE INDEX login_created ON login (created_at);
