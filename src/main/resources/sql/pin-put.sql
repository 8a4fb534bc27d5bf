insert into adapter_pins (resource_id, adapter, digest, pinned_by)
values (:id, :adapter, :digest, :caller)
on conflict (resource_id, adapter) do update
set digest = excluded.digest,
    pinned_time = now(),
    pinned_by = excluded.pinned_by
