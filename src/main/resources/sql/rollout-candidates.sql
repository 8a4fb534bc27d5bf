-- Resources that have not moved, in the order of their ids.
select r.id
from resources r
where r.kind = :kind
  and r.deleted_time is null
  and r.created_time >= :since
  and r.id > :after
  and not exists (select from rollout_resources m where m.resource_id = r.id and m.adapter = :adapter)
  and not exists (select from adapter_pins p where p.resource_id = r.id and p.adapter = :adapter)
order by r.id
limit :size
