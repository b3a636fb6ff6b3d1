-- How much of a limit a subject (a Telegram id, an address, all together) has used in its current window.
CREATE TABLE limit_use (
  limit_id     text        NOT NULL,
  subject      text        NOT NULL,
  window_start timestamptz NOT NULL,
  used         integer     NOT NULL CHECK (used > 0),
  PRIMARY KEY (limit_id, subject)
);
CREATE INDEX limit_use_old ON limit_use (window_start);
