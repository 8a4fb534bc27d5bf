select r.kind, s.adapter, count(*) as unhealthy
from adapter_statuses s
join resources r on r.id = s.resource_id
where s.unhealthy
group by 1, 2
order by 3 desc
limit 100
