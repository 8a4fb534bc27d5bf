select o.*, count(*) over () as total
from operations o
where :tenancy::jsonb is null
  or o.tenancy = :tenancy::jsonb
order by o.id desc
limit :size offset :offset
