-- Where everybody has what somebody went back to, the folder that was left is gone.
update adapter_rollouts r
set left_digest = null
where r.left_digest is not null
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
