delete from resource_history
where ctid = any (array(
  select ctid
  from resource_history
  where time < now() - interval '1 day'
  limit 5000))
