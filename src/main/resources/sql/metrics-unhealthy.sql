-- Earlier releases took any text as the name of an adapter.
select r.kind,
       case when s.adapter ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' then s.adapter else 'other' end as adapter,
       count(*) as unhealthy
from adapter_statuses s
join resources r on r.id = s.resource_id
where s.unhealthy
group by 1, 2
order by 3 desc
limit 100
