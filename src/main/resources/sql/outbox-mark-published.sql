WITH marked AS (
  UPDATE outbox
  SET published = true, state = 'published', published_time = now(), lease_id = NULL, lease_until = NULL, last_error = NULL
  WHERE event_id = ANY (CAST(string_to_array(:#${variable.published}, ',') AS uuid[]))
    AND lease_id = CAST(:#${variable.lease} AS uuid)
  RETURNING event_type, source, created_time)
SELECT event_type, source, CAST(extract(epoch FROM now() - created_time) AS double precision) AS seconds
FROM marked
