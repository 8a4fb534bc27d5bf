-- Resources of every kind, what adapters report about them, and the outbox that tells adapters about both.
-- Rows that reports touch leave room on their page (fillfactor), and columns that every report moves are in no
-- index, so that such an update stays on its page (HOT) and touches no index at all.

create table resources (
  id                          uuid primary key,
  kind                        text        not null,
  name                        text        not null,
  href                        text        not null,
  owner_id                    uuid references resources (id),
  owner_kind                  text,
  owner_href                  text,
  spec                        jsonb       not null,
  tenancy                     jsonb       not null default '{}',
  generation                  integer     not null default 1 check (generation >= 1),
  phase                       text        not null default 'NotReady' check (phase in ('Ready', 'NotReady')),
  status_observed_generation  integer     not null default 0,
  status_last_updated_time    timestamptz not null,
  status_last_transition_time timestamptz not null,
  reported_generation         integer     not null default 0,
  next_event_time             timestamptz,
  event_attempt               integer     not null default 0,
  progress_window_start       timestamptz,
  progress_count              integer     not null default 0,
  created_time                timestamptz not null,
  updated_time                timestamptz not null,
  deleted_time                timestamptz,
  created_by                  text        not null,
  updated_by                  text        not null,
  deleted_by                  text,
  check ((owner_id is null) = (owner_kind is null))
) with (fillfactor = 80);

comment on column resources.reported_generation is 'highest generation that any adapter has reported about, 0 = none';
comment on column resources.next_event_time is 'when the next event is due; null = never';
comment on column resources.event_attempt is 'events sent since the last generation change or progress';
comment on column resources.progress_count is 'progress events written since progress_window_start';

create unique index resources_root_name on resources (kind, name, tenancy)
  where owner_id is null and deleted_time is null;
create unique index resources_child_name on resources (kind, owner_id, name)
  where owner_id is not null and deleted_time is null;
create index resources_list on resources (kind, created_time desc, id);
create index resources_not_ready on resources (kind, created_time desc, id) where phase = 'NotReady';
create index resources_due on resources (kind, next_event_time, id) where next_event_time is not null;
create index resources_owner on resources (owner_id) where owner_id is not null;

create table resource_labels (
  resource_id uuid not null references resources (id) on delete cascade,
  key         text not null,
  value       text not null,
  primary key (resource_id, key)
);

create index resource_labels_by_value on resource_labels (key, value, resource_id);

create table resource_references (
  source_id   uuid not null references resources (id) on delete cascade,
  ref_type    text not null,
  target_id   uuid not null references resources (id),
  target_kind text not null,
  primary key (source_id, ref_type, target_id)
);

create index resource_references_target on resource_references (target_id);

create table resource_conditions (
  resource_id          uuid        not null references resources (id) on delete cascade,
  type                 text        not null,
  position             integer     not null,
  status               text        not null check (status in ('True', 'False')),
  reason               text,
  message              text,
  observed_generation  integer     not null,
  created_time         timestamptz not null,
  last_updated_time    timestamptz not null,
  last_transition_time timestamptz not null,
  primary key (resource_id, type)
) with (fillfactor = 80);

create index resource_conditions_by_status on resource_conditions (type, status);

create table adapter_statuses (
  id                              uuid primary key,
  resource_id                     uuid        not null references resources (id) on delete cascade,
  adapter                         text        not null,
  observed_generation             integer     not null,
  conditions                      jsonb       not null,
  data                            jsonb       not null default '{}',
  metadata                        jsonb,
  created_time                    timestamptz not null,
  last_report_time                timestamptz not null,
  last_definitive_status          text check (last_definitive_status in ('True', 'False')),
  last_definitive_reason          text,
  last_definitive_message         text,
  last_definitive_generation      integer,
  last_definitive_time            timestamptz,
  last_definitive_data            jsonb,
  unique (resource_id, adapter)
) with (fillfactor = 70);

-- Each row is updated twice soon after it was written (leased, published): half a page is kept free for that.
create table outbox (
  event_id          uuid primary key,
  seq               bigint generated always as identity,
  aggregate_type    text        not null,
  aggregate_id      text        not null,
  event_type        text        not null,
  generation        integer     not null,
  reason            text        not null,
  source            text        not null check (source in ('write', 'progress', 'sentinel', 'manual')),
  payload           jsonb       not null,
  published         boolean     not null default false,
  state             text        not null default 'pending' check (state in ('pending', 'published', 'dead')),
  lease_id          uuid,
  lease_until       timestamptz,
  attempts          integer     not null default 0,
  next_attempt_time timestamptz not null default now(),
  last_error        text,
  published_time    timestamptz,
  created_time      timestamptz not null default now(),
  traceparent       text,
  constraint outbox_published_is_state check (published = (state = 'published'))
) with (fillfactor = 50);

create index outbox_claim on outbox (seq, next_attempt_time) where state = 'pending';
create index outbox_aggregate on outbox (aggregate_id, state, event_id);
create index outbox_purge on outbox (published_time) where published;
create index outbox_dead on outbox (event_id) where state = 'dead';

-- The wire form of a condition.
create view resource_condition_items as
select c.resource_id,
       c.position,
       json_build_object(
         'type', c.type,
         'status', c.status,
         'reason', c.reason,
         'message', c.message,
         'observed_generation', c.observed_generation,
         'created_time', c.created_time,
         'last_updated_time', c.last_updated_time,
         'last_transition_time', c.last_transition_time) as item
from resource_conditions c;

-- The wire form of a report; every reader of reports shares it.
create view adapter_status_items as
select s.resource_id,
       s.adapter,
       jsonb_build_object(
         'adapter', s.adapter,
         'observed_generation', s.observed_generation,
         'conditions', s.conditions,
         'data', s.data,
         'metadata', s.metadata,
         'created_time', s.created_time,
         'last_report_time', s.last_report_time,
         'last_definitive', case when s.last_definitive_status is not null then jsonb_build_object(
           'status', s.last_definitive_status,
           'reason', s.last_definitive_reason,
           'message', s.last_definitive_message,
           'observed_generation', s.last_definitive_generation,
           'observed_time', s.last_definitive_time,
           'data', s.last_definitive_data) end) as item
from adapter_statuses s;

-- The clusters table of the component diagram.
create view clusters as
select r.id,
       r.name,
       r.generation,
       r.phase as status,
       r.spec,
       coalesce((select jsonb_agg(i.item order by i.adapter)
                 from adapter_status_items i
                 where i.resource_id = r.id), '[]') as adapter_statuses,
       r.created_time,
       r.updated_time,
       r.deleted_time
from resources r
where r.kind = 'Cluster';
