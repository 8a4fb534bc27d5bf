select o.*
from operations o
where o.id = :id
  and (:tenancy::jsonb is null or o.tenancy = :tenancy::jsonb)
