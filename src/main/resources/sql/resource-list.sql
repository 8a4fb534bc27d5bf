-- The ids of the page come from an index alone; only the rows of the page are read.
select r.*, d.next_event_time, d.event_attempt, d.last_event_time, d.outstanding_since,
  (select json_object_agg(l.key, l.value) from resource_labels l where l.resource_id = r.id) as labels,
  (select json_object_agg(f.ref_type, f.targets)
   from (select f.ref_type, json_agg(json_build_object('id', t.id, 'kind', t.kind, 'href', t.href) order by t.id) as targets
         from resource_references f
         join resources t on t.id = f.target_id
         where f.source_id = r.id
         group by f.ref_type) f) as refs,
  (select json_agg(c.item order by c.position) from resource_condition_items c where c.resource_id = r.id) as conditions,
  case when /* reports */ then coalesce(
    (select json_agg(i.item order by i.adapter) from adapter_status_items i where i.resource_id = r.id), '[]'
  ) end as reports,
  clock_timestamp() as read_time
from (
  select r.id
  from resources r
  where /* where */
  order by /* order */
  limit :size offset :offset) page
join resources r on r.id = page.id
join resource_schedules d on d.resource_id = r.id
order by /* order */
