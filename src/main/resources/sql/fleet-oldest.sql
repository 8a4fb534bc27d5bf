select o.id, o.kind, o.name, o.href, o.tenant, o.since, c.message
from (
  select r.id, r.kind, r.name, r.href, /* tenant */ as tenant, r.status_last_transition_time as since,
    row_number() over (partition by /* tenant */ order by r.status_last_transition_time, r.id) as place
  from resources r
  where r.phase = 'NotReady') o
left join resource_conditions c on c.resource_id = o.id and c.type = 'Reconciled'
where o.place <= :most
order by o.since, o.id
