SELECT coalesce(max(CAST(version AS integer)), 0)
FROM flyway_schema_history
WHERE success
  AND version IS NOT NULL
