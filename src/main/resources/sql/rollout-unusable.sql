-- What a living process cannot load of what it was asked to follow.
select u.item ->> 'message' as message
from living_adapters a
cross join lateral jsonb_array_elements(a.unusable) as u (item)
where a.name = :adapter
  and u.item ->> 'digest' = :digest
limit 1
