insert into adapter_reports as stored (adapter, last_report_time)
select r.adapter, r.time
from unnest(:adapters::text[], :times::timestamptz[]) as r (adapter, time)
order by r.adapter
on conflict (adapter) do update
set last_report_time = excluded.last_report_time
where stored.last_report_time < excluded.last_report_time
