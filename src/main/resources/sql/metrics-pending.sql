select r.kind,
       r.deleted_time is not null as is_delete,
       count(*) as pending,
       count(*) filter (where c.last_transition_time <= now() - :stuckSeconds * interval '1 second') as stuck,
       cast(extract(epoch from now() - min(c.last_transition_time)) as double precision) as longest_seconds
from resource_conditions c
join resources r on r.id = c.resource_id
where c.type = 'Reconciled'
  and c.status = 'False'
  and r.paused_time is null
group by 1, 2
order by 1, 2
