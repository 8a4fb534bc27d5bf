SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
  count(*) FILTER (WHERE state = 'dead') AS dead,
  CAST(coalesce(extract(epoch FROM now() - min(created_time) FILTER (WHERE state = 'pending')), 0) AS double precision)
    AS oldest_seconds
FROM outbox
WHERE state IN ('pending', 'dead')
