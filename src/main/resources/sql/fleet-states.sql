-- Of those that are not Ready; of the others every adapter is available.
select r.kind, required.adapter, /* tenant */ as tenant, state.word as state, count(*) as resources,
  count(*) filter (where r.deleted_time is not null) as deleting
from resources r
left join unnest(:kinds::text[], :adapters::text[]) as required (kind, adapter) on required.kind = r.kind
left join adapter_statuses s on s.resource_id = r.id and s.adapter = required.adapter
cross join lateral (
  select jsonb_path_query_first(s.conditions, '$[*] ? (@.type == "Available")') as available,
    jsonb_path_query_first(s.conditions, '$[*] ? (@.type == "Finalized")') as finalized,
    jsonb_path_query_first(s.conditions, '$[*] ? (@.type == "Health")') as health) told
cross join lateral (
  select case
    when s.observed_generation is null or s.observed_generation < r.generation then 'not_reported'
    when r.deleted_time is not null then case
      when told.finalized ->> 'status' = 'True' then 'finalized'
      when told.health ->> 'status' = 'False' then 'failed'
      else 'in_progress' end
    when s.last_definitive_status = 'True' and s.last_definitive_generation = r.generation then 'available'
    when told.available ->> 'status' = 'Unknown' then 'in_progress'
    when told.available ->> 'reason' = 'PreconditionsNotMet' then 'waiting'
    else 'failed' end as word) state
where r.phase = 'NotReady'
group by 1, 2, 3, 4
