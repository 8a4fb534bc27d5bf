insert into operations (id, action, kind, search, adapter, rate, tenancy, matched, created_time, created_by, updated_time)
values (:id, :action, :kind, :search::text, :adapter::text, :rate, :tenancy::jsonb, :matched, now(), :caller, now())
