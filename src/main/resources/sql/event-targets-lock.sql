select id
from resources
where id = any (:ids)
order by id
for update
