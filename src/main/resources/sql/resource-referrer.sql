select s.kind, s.name
from resource_references f
join resources s on s.id = f.source_id
where f.target_id = any (:ids)
  and s.id <> all (:ids)
order by s.kind, s.name
limit 1
