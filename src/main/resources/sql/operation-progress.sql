update operations
set after_id = :afterId,
    succeeded = succeeded + :succeeded,
    skipped = skipped + :skipped,
    failed = failed + :failed,
    last_error = coalesce(:lastError::text, last_error),
    next_time = greatest(now(), :claimedTime::timestamptz - interval '9 seconds'),
    updated_time = now(),
    state = case when :done then 'done' else state end,
    ended_time = case when :done then now() end
where id = :id
  and state = 'running'
  and after_id = :beforeId
