-- What the operator must know, one row for each incident. Never a secret, never a name.
CREATE TABLE alert (
  kind       text        NOT NULL CHECK (kind ~ '^[a-z_]{1,32}$'),
  -- what it is about: a session's id, or a part of the service
  subject    text        NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  seen       integer     NOT NULL CHECK (seen > 0),
  told_at    timestamptz,
  PRIMARY KEY (kind, subject)
);
CREATE INDEX alert_untold ON alert (first_seen) WHERE told_at IS NULL;
