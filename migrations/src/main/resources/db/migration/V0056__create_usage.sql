-- How much of a plan's limit an account has used, as the product reports it: the newest word of a day counts.
CREATE TABLE usage (
  account_id bigint  NOT NULL REFERENCES account ON DELETE CASCADE,
  limit_code text    NOT NULL CHECK (limit_code IN ('channels', 'posts', 'rag')),
  -- by Moscow's calendar, as the plans' daily limits are
  day        date    NOT NULL,
  used       integer NOT NULL CHECK (used >= 0),
  PRIMARY KEY (account_id, limit_code, day)
);
