-- One subscription per account: a new invite replaces the plan.
CREATE TABLE subscription (
  account_id   bigint      PRIMARY KEY REFERENCES account,
  plan_code    text        NOT NULL REFERENCES plan,
  activated_at timestamptz NOT NULL,
  expires_at   timestamptz
);
