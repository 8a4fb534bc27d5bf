select id
from resources
where id = any (:ids)
  and (:tenancy::jsonb is null or tenancy = :tenancy::jsonb)
order by id
for update
