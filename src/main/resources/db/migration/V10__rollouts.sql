-- How revisions of adapters reach resources. Processes of the release before know nothing of it: their adapters follow their folders, and they
-- refuse a folder that declares a rollout.

alter table announced_adapters
  add column in_waves boolean not null default false,
  add column unusable jsonb;

comment on column announced_adapters.in_waves is 'whether its folder declares a rollout';
comment on column announced_adapters.unusable is 'revisions that the process was asked to follow and cannot load: digest and message of each; null = none';

create table adapter_rollouts (
  adapter       text primary key,
  kind          text        not null,
  from_digest   text        not null,
  to_digest     text        not null,
  state         text        not null check (state in ('rolling', 'halted', 'done')),
  wave          integer     not null default 0 check (wave >= 0),
  waves         integer     not null default 0,
  since         timestamptz not null,
  wave_time     timestamptz not null,
  reason        text,
  changed_by    text,
  left_digest   text,
  governed_time timestamptz not null
);

comment on table adapter_rollouts is 'adapters of which the API says what each resource follows; of others it is what their processes have';
comment on column adapter_rollouts.from_digest is 'what resources follow that have not moved';
comment on column adapter_rollouts.wave is 'the wave that has moved last, from 1; 0 = none yet';
comment on column adapter_rollouts.since is 'since when it is in this state';
comment on column adapter_rollouts.wave_time is 'when the last wave moved';
comment on column adapter_rollouts.left_digest is 'what somebody has gone back from: it does not become wanted again by itself; null = nothing';
comment on column adapter_rollouts.governed_time is 'when the API began to say it: nothing moves before each process of the API knows';

-- Resources that have moved in the rollout under way, and those that have to be told that they follow another revision.
create table rollout_resources (
  resource_id   uuid        not null references resources (id) on delete cascade,
  adapter       text        not null,
  wave          integer     not null,
  was_available boolean     not null,
  was_healthy   boolean     not null,
  moved_time    timestamptz not null default now(),
  event_time    timestamptz,
  primary key (resource_id, adapter)
);

create index rollout_resources_adapter on rollout_resources (adapter, resource_id);
create index rollout_resources_untold on rollout_resources (adapter, resource_id) where event_time is null;

comment on column rollout_resources.event_time is 'when an event told its adapter; null = not yet';

create table adapter_pins (
  resource_id uuid        not null references resources (id) on delete cascade,
  adapter     text        not null,
  digest      text        not null,
  pinned_time timestamptz not null default now(),
  pinned_by   text        not null,
  primary key (resource_id, adapter)
);

create index adapter_pins_adapter on adapter_pins (adapter);
