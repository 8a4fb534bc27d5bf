delete from resource_references where target_id = any (:ids)
