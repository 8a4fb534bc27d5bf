select r.id
from resources r
where r.owner_id = :owner
order by r.id
for update
