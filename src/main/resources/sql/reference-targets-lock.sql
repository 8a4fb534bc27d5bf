select t.id, t.kind, t.href, t.deleted_time is not null as finalizing
from resources t
where t.id = any (:ids)
  and (:tenancy::jsonb is null or t.tenancy = :tenancy::jsonb)
order by t.id
for share
