-- The phone shows the page link and code again after a reload: sealed until they are spent.
ALTER TABLE login_secret DROP CONSTRAINT login_secret_kind_check;
ALTER TABLE login_secret ADD CONSTRAINT login_secret_kind_check
  CHECK (kind IN ('link', 'password', 'code', 'phone', 'page_link', 'page_code'));
