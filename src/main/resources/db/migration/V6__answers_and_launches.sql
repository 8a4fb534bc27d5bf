-- When the last event was written, and since when an event waits for the answers of required adapters: meanwhile the next one waits. Processes of
-- the release before write neither: what they do looks as if nobody had answered, which ends after hyperfleet.schedule.unanswered.

alter table resource_schedules
  add column last_event_time timestamptz,
  add column outstanding_since timestamptz;

comment on column resource_schedules.last_event_time is 'when the last event was written; null = none since this column is there';
comment on column resource_schedules.outstanding_since is 'first event that not every required adapter has answered; null = none';

-- What is in work right now, the oldest first: a small part of a fleet.
create index resource_schedules_outstanding on resource_schedules (outstanding_since) where outstanding_since is not null;

-- When the database took the adapter's last report, discarded ones too; and the Jobs that the adapter says it has launched at the
-- generation of its report.

alter table adapter_statuses
  add column answered_time timestamptz,
  add column launched jsonb;

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
         'last_definitive', case when s.last_definitive_status is not null then jsonb_build_object(
           'status', s.last_definitive_status,
           'reason', s.last_definitive_reason,
           'message', s.last_definitive_message,
           'observed_generation', s.last_definitive_generation,
           'observed_time', s.last_definitive_time,
           'data', s.last_definitive_data) end) as item
from adapter_statuses s;
