insert into resources (id, kind, name, href, spec, generation, phase, status_last_updated_time, status_last_transition_time,
  reported_generation, created_time, updated_time, deleted_time, created_by, updated_by, tenancy)
select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Cluster', 'cluster-' || n, '/clusters/' || n,
  jsonb_build_object('region', 'r' || n % 1000, 'size', jsonb_build_object('nodes', n % 1000), 'notes', repeat('x', 400)),
  n % 5 + 1, case when n % 100 = 0 then 'NotReady' else 'Ready' end, now(), now(), 1,
  timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-02-01' + (n % 1000) * interval '1 second',
  case when n % 500 = 0 then now() end, 'user-' || n % 1000, 'user-' || n % 7,
  case when n % 100 = 1 then '{"org": "o1"}' else '{}' end::jsonb
from generate_series(1, 100000) n;
insert into resource_schedules (resource_id, kind, next_event_time)
select id, kind, now() + interval '1 second' * row_number() over (order by id) from resources;
insert into resource_labels (resource_id, key, value)
select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, label.key, label.value
from generate_series(1, 100000) n,
  lateral (values ('region', case when n % 100 = 0 then 'eu' else 'us' end), ('hyperfleet.io/shard', (n % 50)::text)) label (key, value)
where n % 1000 <> 0;
insert into resource_conditions (resource_id, type, position, status, observed_generation, created_time, last_updated_time,
  last_transition_time)
select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, condition.type, condition.position,
  case when n % 100 = 0 then 'False' else 'True' end, 1, now(), now(), now()
from generate_series(1, 100000) n, lateral (values ('Reconciled', 1), ('Validated', 2)) condition (type, position);
vacuum analyze resources;
vacuum analyze resource_schedules;
vacuum analyze resource_labels;
vacuum analyze resource_conditions;
