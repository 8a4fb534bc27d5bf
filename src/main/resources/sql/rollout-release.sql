-- If all living processes announce the revision that all resources follow, the API need not name it.
delete from adapter_rollouts r
where r.state = 'done'
  and r.waves = 0
  and r.left_digest is null
  and not exists (select from adapter_pins p where p.adapter = r.adapter)
  and not exists (select from rollout_resources m where m.adapter = r.adapter and m.event_time is null)
  and (
    select bool_and(a.digest is not distinct from r.to_digest)
    from living_adapters a
    where a.name = r.adapter)
