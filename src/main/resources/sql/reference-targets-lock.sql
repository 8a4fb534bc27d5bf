select t.id, t.kind, t.href, t.deleted_time is not null as finalizing
from resources t
where t.id = any (:ids)
order by t.id
for share
