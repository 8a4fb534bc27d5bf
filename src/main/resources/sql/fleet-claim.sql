-- One of several processes counts; the next count waits ten times as long as this one took.
insert into fleet_snapshots as stored (tenant, claimed_time)
values ('', now())
on conflict (tenant) do update
set claimed_time = excluded.claimed_time
where stored.claimed_time <= now() - greatest(:seconds, 10 * stored.counting_seconds) * interval '1 second'
