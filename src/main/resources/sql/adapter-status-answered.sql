update adapter_statuses
set answered_time = :time
where resource_id = :resourceId
  and adapter = :adapter
