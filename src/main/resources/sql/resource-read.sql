select r.*,
  (select json_object_agg(l.key, l.value) from resource_labels l where l.resource_id = r.id) as labels,
  (select json_agg(c.item order by c.position) from resource_condition_items c where c.resource_id = r.id) as conditions,
  case when :reports then coalesce(
    (select json_agg(i.item order by i.adapter) from adapter_status_items i where i.resource_id = r.id), '[]'
  ) end as reports,
  clock_timestamp() as read_time
from resources r
where r.id = :id
  and r.kind = :kind
