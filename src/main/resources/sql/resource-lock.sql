select id
from resources
where id = :id
  and kind = :kind
for update
