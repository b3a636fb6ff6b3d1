-- Bots besides the one in the configuration: their tokens, sealed with SECRET_KEY. Null: that one, or a bot that was removed.
ALTER TABLE bot
  ADD COLUMN token_sealed bytea,
  -- whose bot it is; null: the service's own
  ADD COLUMN organization_id bigint;
