select r.id
from resources r
join resource_schedules d on d.resource_id = r.id
where r.owner_id = :owner
order by r.id
for update of r, d
