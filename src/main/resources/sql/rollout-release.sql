-- Where everybody has what all resources follow, there is nothing to say.
delete from adapter_rollouts r
where r.state = 'done'
  and r.waves = 0
  and r.left_digest is null
  and not exists (select from adapter_pins p where p.adapter = r.adapter)
  and not exists (select from rollout_resources m where m.adapter = r.adapter and m.event_time is null)
  and exists (
    select
    from announced_adapters a
    join announcers n on n.announcer = a.announcer
    where a.name = r.adapter and n.announced_time > now() - interval '45 seconds')
  and not exists (
    select
    from announced_adapters a
    join announcers n on n.announcer = a.announcer
    where a.name = r.adapter and n.announced_time > now() - interval '45 seconds' and a.digest is distinct from r.to_digest)
