with gone as (
  delete from fleet_snapshots
  where tenant <> all (:tenants::text[]))
insert into fleet_snapshots as stored (tenant, snapshot, counted_time, claimed_time, counting_seconds)
select t.tenant, t.snapshot, :time, now(), :seconds
from unnest(:tenants::text[], :snapshots::jsonb[]) as t (tenant, snapshot)
on conflict (tenant) do update
set snapshot = excluded.snapshot,
    counted_time = excluded.counted_time,
    counting_seconds = excluded.counting_seconds
