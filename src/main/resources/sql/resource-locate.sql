select r.id, r.kind, r.owner_id, r.owner_kind, r.owner_href
from resources r
where r.id = :id
  and (:tenancy::jsonb is null or r.tenancy = :tenancy::jsonb)
