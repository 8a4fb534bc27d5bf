select r.id
from resources r
join resource_schedules d on d.resource_id = r.id
where r.id = :id
  and r.kind = :kind
  and (:owner::uuid is null or r.owner_id = :owner)
  and (:tenancy::jsonb is null or r.tenancy = :tenancy::jsonb)
for update of r, d
