-- The number that Telegram showed us for this account: its HMAC-SHA-256 with SECRET_KEY to find it, and sealed to show it
-- to its owner. It identifies nobody: numbers are given to other people.
ALTER TABLE account
  ADD COLUMN phone_hash bytea UNIQUE CHECK (octet_length(phone_hash) = 32),
  ADD COLUMN phone_sealed bytea,
  ADD CHECK ((phone_hash IS NULL) = (phone_sealed IS NULL));
