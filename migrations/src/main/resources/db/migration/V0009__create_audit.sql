-- What an operator or an admin did, and what must be looked at later. Never a secret, never a message's text.
CREATE TABLE audit (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT now(),
  actor       text        NOT NULL,
  action      text        NOT NULL,
  subject     text        NOT NULL
);
