-- A name by which its owner ends a web session from another browser: it may be shown and opens nothing.
ALTER TABLE web_session ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
