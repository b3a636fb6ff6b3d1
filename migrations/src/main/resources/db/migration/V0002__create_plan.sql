CREATE TABLE plan (
  code          text    PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{0,31}$'),
  name          text    NOT NULL,
  channels      integer NOT NULL CHECK (channels >= 0),
  posts_per_day integer NOT NULL CHECK (posts_per_day >= 0),
  rag_per_day   integer NOT NULL CHECK (rag_per_day >= 0),
  ai_digests    boolean NOT NULL,
  -- null: the subscription does not end by itself
  duration_days integer CHECK (duration_days > 0),
  created_at    timestamptz NOT NULL DEFAULT now()
);

INSERT INTO plan (code, name, channels, posts_per_day, rag_per_day, ai_digests, duration_days) VALUES
  ('trial',   'Trial',   5,  100,  20,   false, 7),
  ('basic',   'Basic',   10, 300,  100,  false, NULL),
  ('premium', 'Premium', 50, 1000, 1000, true,  NULL);
