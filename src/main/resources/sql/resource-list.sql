select r.*,
  (select json_object_agg(l.key, l.value) from resource_labels l where l.resource_id = r.id) as labels,
  (select json_agg(c.item order by c.position) from resource_condition_items c where c.resource_id = r.id) as conditions
from resources r
where r.kind = :kind /* where */
order by /* order */
limit :size offset :offset
