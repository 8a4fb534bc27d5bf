UPDATE outbox
SET lease_id = NULL,
    lease_until = NULL,
    last_error = left(:#error, 2000),
    state = CASE WHEN :#dead THEN 'dead' ELSE 'pending' END,
    next_attempt_time = now() + least(10000, 250 * 2 ^ least(attempts, 10)) * interval '1 millisecond'
WHERE event_id = CAST(:#event_id AS uuid)
  AND lease_id = CAST(:#${variable.lease} AS uuid)
