-- From an index alone.
select r.kind, r.phase, /* tenant */ as tenant, count(*) as resources
from resources r
group by 1, 2, 3
