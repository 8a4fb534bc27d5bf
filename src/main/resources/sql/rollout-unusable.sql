-- What a living process cannot load of what it was asked to follow.
select u.item ->> 'message' as message
from announced_adapters a
join announcers n on n.announcer = a.announcer
cross join lateral jsonb_array_elements(a.unusable) as u (item)
where a.name = :adapter
  and n.announced_time > now() - interval '45 seconds'
  and u.item ->> 'digest' = :digest
limit 1
