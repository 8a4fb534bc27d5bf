update resources
set paused_time = :pausedTime::timestamptz,
    paused_by = :pausedBy
where id = :id
