-- An opening of the Mini App's home: init data prove a person, in one tab. Nothing here opens anything by itself.
CREATE TABLE app_visit (
  -- SHA-256 of what Telegram signed: the same init data in another tab is a replay
  init_data_hash bytea       PRIMARY KEY CHECK (octet_length(init_data_hash) = 32),
  account_id     bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  bot_id         bigint      NOT NULL,
  tab_hash       bytea       NOT NULL,
  bearer_hash    bytea       NOT NULL UNIQUE,
  opened_at      timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  -- the newest link into an ordinary browser
  link_hash      bytea       UNIQUE,
  link_made_at   timestamptz,
  link_spent_at  timestamptz,
  -- what a link of this visit opened: one web session at a time
  web_session    uuid        REFERENCES web_session (id) ON DELETE SET NULL,
  CHECK ((link_hash IS NULL) = (link_made_at IS NULL)),
  CHECK (link_spent_at IS NULL OR link_hash IS NOT NULL)
);
CREATE INDEX app_visit_account ON app_visit (account_id);
CREATE INDEX app_visit_web_session ON app_visit (web_session);
CREATE INDEX app_visit_old ON app_visit (expires_at);
