-- When the next event of a resource is due changes with every event and every report. In a narrow table of its own such a change
-- touches two small indexes instead of the ten that hold a cluster.

create table resource_schedules (
  resource_id     uuid primary key references resources (id) on delete cascade,
  kind            text    not null,
  next_event_time timestamptz,
  event_attempt   integer not null default 0
) with (fillfactor = 80);

comment on column resource_schedules.kind is 'that of the resource, so that what is due of a kind is found in one index';
comment on column resource_schedules.next_event_time is 'when the next event is due; null = never';
comment on column resource_schedules.event_attempt is 'events sent since the last generation change or progress';

insert into resource_schedules (resource_id, kind, next_event_time, event_attempt)
select id, kind, next_event_time, event_attempt
from resources;

create index resource_schedules_due on resource_schedules (kind, next_event_time, resource_id)
  where next_event_time is not null;

drop index resources_due;
alter table resources
  drop column next_event_time,
  drop column event_attempt;
