-- A worker process and its lease. started_ticks is the process' start time from /proc/<pid>/stat:
-- with it a successor on the same host ends the right process even when the pid was reused.
CREATE TABLE worker (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  host          text        NOT NULL,
  pid           bigint      NOT NULL,
  started_ticks bigint      NOT NULL,
  started_at    timestamptz NOT NULL,
  lease_until   timestamptz NOT NULL,
  ended_at      timestamptz
);
CREATE INDEX worker_open ON worker (lease_until) WHERE ended_at IS NULL;
