-- By which revision of its folder an adapter has acted on each resource. Processes of the release before do not write it: what they store keeps the
-- revision that was reported before.

alter table adapter_statuses add column adapter_revision text;

comment on column adapter_statuses.adapter_revision is 'digest of what the folder meant that its last report was made by; null = it does not say';

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
         'adapter_revision', s.adapter_revision,
         'last_definitive', case when s.last_definitive_status is not null then jsonb_build_object(
           'status', s.last_definitive_status,
           'reason', s.last_definitive_reason,
           'message', s.last_definitive_message,
           'observed_generation', s.last_definitive_generation,
           'observed_time', s.last_definitive_time,
           'data', s.last_definitive_data) end) as item
from adapter_statuses s;

-- What the folders of adapters mean, as processes announce it, and which of that is wanted.

create table adapter_revisions (
  adapter          text        not null,
  digest           text        not null,
  kind             text,
  template         text,
  content          text,
  first_seen_time  timestamptz not null default now(),
  first_seen_by    text,
  last_wanted_time timestamptz,
  primary key (adapter, digest)
);

comment on column adapter_revisions.content is 'the files'' values by their names, as the JSON that the digest is of; null = no process has sent it';
comment on column adapter_revisions.first_seen_by is 'the identity of the process that announced it first';
comment on column adapter_revisions.last_wanted_time is 'when it became wanted for the last time; null = never';

create table wanted_revisions (
  adapter         text primary key,
  digest          text        not null,
  previous_digest text,
  wanted_time     timestamptz not null
);

comment on column wanted_revisions.digest is 'the last one that every living process that runs the adapter had';
