select snapshot, counted_time
from fleet_snapshots
where tenant = :tenant
  and counted_time is not null
