select count(*) from adapter_statuses where resource_id = :resourceId
