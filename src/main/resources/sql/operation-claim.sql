-- Whoever claims it has ten seconds for its step; then another process goes on from where it was.
update operations
set next_time = now() + interval '10 seconds'
where id = (select id
            from operations
            where state = 'running'
              and next_time <= now()
            order by next_time
            for update skip locked
            limit 1)
returning *
