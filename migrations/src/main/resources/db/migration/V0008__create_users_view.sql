-- What an operator asks first: who is connected, and on which plan.
CREATE VIEW users AS
SELECT a.telegram_id,
       a.first_name,
       a.last_name,
       a.username,
       EXISTS (SELECT 1 FROM telegram_session s WHERE s.account_id = a.id AND s.state = 'live') AS is_authenticated,
       lower(p.plan_code) AS subscription_type,
       p.expires_at AS subscription_expires_at,
       a.created_at
FROM account a LEFT JOIN subscription p ON p.account_id = a.id;
