DELETE FROM outbox
WHERE event_id IN (
  SELECT event_id
  FROM outbox
  WHERE state = 'published'
    AND published_time < now() - :#${variable.retentionMillis} * interval '1 millisecond'
  ORDER BY published_time
  LIMIT 5000
  FOR UPDATE SKIP LOCKED)
