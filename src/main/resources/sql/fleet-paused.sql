select r.kind, /* tenant */ as tenant, count(*) as resources
from resources r
where r.paused_time is not null
group by 1, 2
