update outbox
set state = 'pending',
    attempts = 0,
    next_attempt_time = now(),
    lease_id = null,
    lease_until = null
where event_id = :id
  and state = 'dead'
