update adapter_statuses
set retry = :retry::jsonb
where resource_id = :resourceId
  and adapter = :adapter
