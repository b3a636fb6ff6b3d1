-- A login is a state machine in a row: docs beside propusk.domain.login.LoginState.
CREATE TABLE login (
  id              text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
  account_id      bigint      NOT NULL REFERENCES account,
  purpose         text        NOT NULL CHECK (purpose IN ('first_login', 're_login', 'phone_login')),
  invite_id       bigint      REFERENCES invite,
  plan_code       text        REFERENCES plan,
  -- where its button was sent: the bot's id also says whose token signs the init data
  bot_id          bigint      NOT NULL,
  chat_id         bigint      NOT NULL,
  phase           text        NOT NULL CHECK (phase IN ('requested', 'preparing', 'awaiting_scan', 'awaiting_password',
                                'awaiting_code', 'finalizing', 'completed', 'cancelled', 'expired', 'failed')),
  version         bigint      NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  deadline        timestamptz NOT NULL,
  ended_at        timestamptz,
  -- awaiting_scan
  qr_seq          integer     NOT NULL DEFAULT 0,
  qr_expires_at   timestamptz,
  -- awaiting_password
  password_hint   text,
  tries_left      integer     CHECK (tries_left BETWEEN 0 AND 3),
  -- ends
  end_code        text,
  retry_at        timestamptz,
  -- who runs it: a write of a worker counts only with its epoch
  worker_id       bigint      REFERENCES worker,
  epoch           bigint      NOT NULL DEFAULT 0,
  scratch_host    text,
  scratch_path    text,
  scratch_key     bytea,
  CHECK ((phase IN ('completed', 'cancelled', 'expired', 'failed')) = (ended_at IS NOT NULL)),
  CHECK ((phase IN ('cancelled', 'failed')) = (end_code IS NOT NULL)),
  CHECK ((purpose = 'first_login') = (invite_id IS NOT NULL)),
  CHECK (phase <> 'awaiting_scan' OR qr_expires_at IS NOT NULL),
  CHECK (phase <> 'awaiting_password' OR tries_left IS NOT NULL),
  CHECK ((scratch_path IS NULL) = (scratch_host IS NULL) AND (scratch_path IS NULL) = (scratch_key IS NULL))
);
-- One live login per person.
CREATE UNIQUE INDEX login_live ON login (account_id) WHERE ended_at IS NULL;
-- What a worker looks for: live logins past their opening, and ended ones whose scratch is still there.
CREATE INDEX login_work ON login (created_at) WHERE ended_at IS NULL OR scratch_path IS NOT NULL;

-- What must cross between web and worker for a moment, sealed with SECRET_KEY.
CREATE TABLE login_secret (
  login_id text        NOT NULL REFERENCES login ON DELETE CASCADE,
  kind     text        NOT NULL CHECK (kind IN ('link', 'password', 'code')),
  sealed   bytea       NOT NULL,
  put_at   timestamptz NOT NULL,
  PRIMARY KEY (login_id, kind)
);

-- A tab that opened the page: its own secret and a bearer it was given, both only as SHA-256.
-- The same init data with another tab's secret is a replay; the row lock on the login decides races.
CREATE TABLE login_page (
  bearer_hash    bytea       PRIMARY KEY CHECK (octet_length(bearer_hash) = 32),
  login_id       text        NOT NULL REFERENCES login ON DELETE CASCADE,
  tab_hash       bytea       NOT NULL CHECK (octet_length(tab_hash) = 32),
  init_data_hash bytea       NOT NULL CHECK (octet_length(init_data_hash) = 32),
  opened_at      timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL
);
CREATE INDEX login_page_login ON login_page (login_id, init_data_hash);
