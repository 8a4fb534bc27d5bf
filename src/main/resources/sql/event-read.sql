select * from outbox where event_id = :id
