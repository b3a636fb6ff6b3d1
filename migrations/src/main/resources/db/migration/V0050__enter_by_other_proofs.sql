-- What a browser may have shown instead of a login: init data or its device cookie, or a person's yes in the bot.
ALTER TABLE web_session
  DROP CONSTRAINT web_session_login_via_check,
  ADD CONSTRAINT web_session_login_via_check CHECK (login_via IN ('telegram_code', 'telegram_direct', 'telegram_confirm'));
