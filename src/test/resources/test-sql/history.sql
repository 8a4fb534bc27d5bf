-- What happened in a test's database, in the order of its commits: the history checker reads it.
create schema history;

create table history.generations (
  seq         bigint generated always as identity,
  resource_id uuid    not null,
  generation  integer not null
);

create table history.reports (
  seq         bigint generated always as identity,
  resource_id uuid        not null,
  adapter     text        not null,
  generation  integer     not null,
  report_time timestamptz not null
);

create table history.ready (
  seq         bigint generated always as identity,
  resource_id uuid    not null,
  generation  integer not null,
  available   text[]  not null
);

create table history.rollouts (
  seq     bigint generated always as identity,
  adapter text    not null,
  digest  text    not null,
  state   text    not null,
  wave    integer not null,
  waves   integer not null
);

create table history.followed (
  seq         bigint generated always as identity,
  resource_id uuid    not null,
  adapter     text    not null,
  digest      text    not null,
  known       boolean not null
);

create function history.note_generation() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.generation <> old.generation then
    insert into history.generations (resource_id, generation) values (new.id, new.generation);
  end if;
  return null;
end $$;

create function history.note_report() returns trigger language plpgsql as $$
begin
  insert into history.reports (resource_id, adapter, generation, report_time)
  values (new.resource_id, new.adapter, new.observed_generation, new.last_report_time);
  return null;
end $$;

-- Every change of a rollout's state and wave.
create function history.note_rollout() returns trigger language plpgsql as $$
begin
  insert into history.rollouts (adapter, digest, state, wave, waves)
  values (new.adapter, new.to_digest, new.state, new.wave, new.waves);
  return null;
end $$;

-- By which revision an adapter has acted, and whether that is one that somebody has announced.
create function history.note_followed() returns trigger language plpgsql as $$
begin
  insert into history.followed (resource_id, adapter, digest, known)
  values (new.resource_id, new.adapter, new.adapter_revision,
    exists (select from adapter_revisions r where r.adapter = new.adapter and r.digest = new.adapter_revision)
    or not exists (select from adapter_rollouts r where r.adapter = new.adapter));
  return null;
end $$;

-- Runs at the commit, when the transaction has written everything it will write.
create function history.note_ready() returns trigger language plpgsql as $$
begin
  insert into history.ready (resource_id, generation, available)
  select r.id, r.generation, coalesce(array_agg(s.adapter) filter (where s.last_definitive_status = 'True'
      and s.last_definitive_generation = r.generation), '{}')
  from resources r left join adapter_statuses s on s.resource_id = r.id
  where r.id = new.id and r.phase = 'Ready'
  group by r.id;
  return null;
end $$;

create trigger history_generation after insert or update on resources
  for each row execute function history.note_generation();
create trigger history_report after insert or update on adapter_statuses
  for each row execute function history.note_report();
create trigger history_rollout after insert or update on adapter_rollouts
  for each row execute function history.note_rollout();
create trigger history_followed after insert or update on adapter_statuses
  for each row when (new.adapter_revision is not null) execute function history.note_followed();
create constraint trigger history_ready after insert or update on resources
  deferrable initially deferred for each row execute function history.note_ready();

-- Keeps whoever gets here waiting while a test holds the lock.
create function history.wait_at_gate() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(4711);
  return coalesce(new, old);
end $$;
