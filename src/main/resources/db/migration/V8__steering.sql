-- What people steer resources with: a pause, and one more attempt of an adapter. Processes of the release before know neither: they write events
-- of paused resources, and leave both columns as they are.

alter table resources
  add column paused_time timestamptz,
  add column paused_by text;

comment on column resources.paused_time is 'since when there are no events and no actions; null = not paused';

create index resources_paused on resources (kind) where paused_time is not null;

alter table adapter_statuses add column retry jsonb;

comment on column adapter_statuses.retry is 'the last retry that was asked for: generation, wanted_attempt, requested_time, requested_by';

create or replace view adapter_status_items as
select s.resource_id,
       s.adapter,
       jsonb_build_object(
         'adapter', s.adapter,
         'observed_generation', s.observed_generation,
         'conditions', s.conditions,
         'data', s.data,
         'metadata', s.metadata,
         'launched', s.launched,
         'created_time', s.created_time,
         'last_report_time', s.last_report_time,
         'answered_time', s.answered_time,
         'retry', s.retry,
         'last_definitive', case when s.last_definitive_status is not null then jsonb_build_object(
           'status', s.last_definitive_status,
           'reason', s.last_definitive_reason,
           'message', s.last_definitive_message,
           'observed_generation', s.last_definitive_generation,
           'observed_time', s.last_definitive_time,
           'data', s.last_definitive_data) end) as item
from adapter_statuses s;

-- What processes that run adapters say of them. One that is not heard of any more is not alive.

create table announcers (
  announcer      text primary key,
  version        text,
  announced_time timestamptz not null
);

create table announced_adapters (
  announcer text    not null references announcers (announcer) on delete cascade,
  name      text    not null,
  kind      text,
  template  text,
  digest    text,
  suspended boolean not null default false,
  broken    jsonb,
  primary key (announcer, name)
);

comment on column announced_adapters.digest is 'of what its folder means; null when it has never been loaded';
comment on column announced_adapters.broken is 'problems of its folder as it is now; null = none';

create table adapter_reports (
  adapter          text primary key,
  last_report_time timestamptz not null
);

comment on table adapter_reports is 'when each adapter was last heard of, a few seconds late';

-- The fleet in numbers, counted in the background: a row for each tenant, and one for those who see everything.

create table fleet_snapshots (
  tenant           text primary key,
  snapshot         jsonb,
  counted_time     timestamptz,
  claimed_time     timestamptz      not null,
  counting_seconds double precision not null default 0
);

comment on column fleet_snapshots.claimed_time is 'when a process began to count';
comment on column fleet_snapshots.tenant is 'the dimensions as JSON; empty for those who see everything';

-- What has happened to a resource: reports that changed an answer, and what people did. Events are in the outbox. Kept a day.

create table resource_history (
  resource_id uuid        not null,
  time        timestamptz not null,
  type        text        not null,
  generation  integer     not null,
  adapter     text,
  status      text,
  reason      text,
  message     text,
  attempt     integer,
  finalized   boolean,
  action      text,
  caller      text
);

create index resource_history_resource on resource_history (resource_id, time);
create index resource_history_time on resource_history using brin (time);

-- Actions on everything that matches a search, step by step in the order of ids.

create table operations (
  id           uuid primary key,
  action       text        not null check (action in ('retry', 'reconcile')),
  kind         text        not null,
  search       text,
  adapter      text,
  rate         integer     not null check (rate > 0),
  tenancy      jsonb,
  state        text        not null default 'running' check (state in ('running', 'done', 'stopped')),
  matched      bigint      not null,
  succeeded    bigint      not null default 0,
  skipped      bigint      not null default 0,
  failed       bigint      not null default 0,
  last_error   text,
  after_id     uuid        not null default '00000000-0000-0000-0000-000000000000',
  next_time    timestamptz not null default now(),
  created_time timestamptz not null,
  created_by   text        not null,
  updated_time timestamptz not null,
  ended_time   timestamptz,
  stopped_by   text
);

create index operations_running on operations (next_time) where state = 'running';

comment on column operations.tenancy is 'whose resources; null = all';
comment on column operations.after_id is 'the last resource that was handled';
comment on column operations.next_time is 'when the next step is due';
