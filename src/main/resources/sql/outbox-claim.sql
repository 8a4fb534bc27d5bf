WITH claimed AS (
  UPDATE outbox
  SET lease_id = CAST(:#${variable.lease} AS uuid),
      lease_until = now() + :#${variable.leaseMillis} * interval '1 millisecond',
      attempts = attempts + 1
  WHERE event_id IN (
    SELECT event_id
    FROM outbox
    WHERE state = 'pending'
      AND next_attempt_time <= now()
      AND (lease_until IS NULL OR lease_until <= now())
      AND (NOT :#${variable.inOrder} OR NOT EXISTS (
        SELECT 1
        FROM outbox older
        WHERE older.aggregate_id = outbox.aggregate_id
          AND older.state = 'pending'
          AND older.seq < outbox.seq))
    ORDER BY seq
    LIMIT :#${variable.batchSize}
    FOR UPDATE SKIP LOCKED)
  RETURNING seq, event_id, aggregate_type, aggregate_id, event_type, reason, source, payload, traceparent, tracestate,
    created_time)
SELECT CAST(event_id AS text) AS event_id, aggregate_type, aggregate_id, event_type, reason, source,
  CAST(payload AS text) AS payload, traceparent, tracestate, created_time
FROM claimed
ORDER BY seq
