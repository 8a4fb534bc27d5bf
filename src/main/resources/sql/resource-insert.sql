with resource as (
  insert into resources (id, kind, name, href, owner_id, owner_kind, owner_href, spec, tenancy, generation, phase,
    status_observed_generation, status_last_updated_time, status_last_transition_time, reported_generation,
    progress_window_start, progress_count, created_time, updated_time, created_by, updated_by,
    rules)
  values (:id, :kind, :name, :href, :ownerId::uuid, :ownerKind, :ownerHref, :spec::jsonb, :tenancy::jsonb, :generation,
    :phase, :observedGeneration, :lastUpdatedTime, :lastTransitionTime, :reportedGeneration,
    :progressWindowStart::timestamptz, :progressCount, :time, :time, :caller, :caller,
    :rules)
  returning id, kind),
schedule as (
  insert into resource_schedules (resource_id, kind, next_event_time, event_attempt, last_event_time,
    outstanding_since)
  select id, kind, :nextEventTime::timestamptz, :eventAttempt, :lastEventTime::timestamptz,
    :outstandingSince::timestamptz
  from resource)
insert into resource_labels (resource_id, key, value)
select resource.id, label.key, label.value
from resource, unnest(:keys::text[], :values::text[]) as label (key, value)
