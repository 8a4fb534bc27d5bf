insert into adapter_statuses (id, resource_id, adapter, observed_generation, conditions, data, metadata, launched, adapter_revision,
  created_time, last_report_time, answered_time, last_definitive_status, last_definitive_reason, last_definitive_message,
  last_definitive_generation, last_definitive_time, last_definitive_data, unhealthy)
values (:id, :resourceId, :adapter, :observedGeneration, :conditions::jsonb, :data::jsonb, :metadata::jsonb,
  :launched::jsonb, :adapterRevision::text, :createdTime, :lastReportTime, :answeredTime, :definitiveStatus, :definitiveReason, :definitiveMessage,
  :definitiveGeneration::integer, :definitiveTime::timestamptz, :definitiveData::jsonb, :unhealthy)
on conflict (resource_id, adapter) do update
set observed_generation = excluded.observed_generation,
    conditions = excluded.conditions,
    data = excluded.data,
    metadata = excluded.metadata,
    launched = excluded.launched,
    adapter_revision = excluded.adapter_revision,
    last_report_time = excluded.last_report_time,
    answered_time = excluded.answered_time,
    last_definitive_status = excluded.last_definitive_status,
    last_definitive_reason = excluded.last_definitive_reason,
    last_definitive_message = excluded.last_definitive_message,
    last_definitive_generation = excluded.last_definitive_generation,
    last_definitive_time = excluded.last_definitive_time,
    last_definitive_data = excluded.last_definitive_data,
    unhealthy = excluded.unhealthy
