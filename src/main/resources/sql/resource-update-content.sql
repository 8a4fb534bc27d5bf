update resources
set spec = :spec::jsonb,
    generation = :generation,
    updated_time = :updatedTime,
    updated_by = :updatedBy,
    deleted_time = :deletedTime::timestamptz,
    deleted_by = :deletedBy
where id = :id
