select r.*,
  (select json_object_agg(l.key, l.value) from resource_labels l where l.resource_id = r.id) as labels,
  (select json_agg(json_build_object(
     'type', c.type,
     'status', c.status,
     'reason', c.reason,
     'message', c.message,
     'observed_generation', c.observed_generation,
     'created_time', c.created_time,
     'last_updated_time', c.last_updated_time,
     'last_transition_time', c.last_transition_time) order by c.position)
   from resource_conditions c
   where c.resource_id = r.id) as conditions,
  case when :reports then coalesce(
    (select json_agg(i.item order by i.adapter) from adapter_status_items i where i.resource_id = r.id), '[]'
  ) end as reports,
  clock_timestamp() as read_time
from resources r
where r.id = :id
  and r.kind = :kind
