-- If all living processes announce the revision that was rolled back to, the folder of the other one is gone.
update adapter_rollouts r
set left_digest = null
where r.left_digest is not null
  and (
    select bool_and(a.digest is not distinct from r.to_digest)
    from announced_adapters a
    join announcers n on n.announcer = a.announcer
    where a.name = r.adapter and n.announced_time > now() - interval '45 seconds')
