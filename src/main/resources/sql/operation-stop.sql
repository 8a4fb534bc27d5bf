update operations
set state = 'stopped',
    ended_time = now(),
    updated_time = now(),
    stopped_by = :caller
where id = :id
  and state = 'running'
