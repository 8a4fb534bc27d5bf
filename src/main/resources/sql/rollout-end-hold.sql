-- If all living processes announce the revision that was rolled back to, the folder of the other one is gone.
update adapter_rollouts r
set left_digest = null
where r.left_digest is not null
  and (
    select bool_and(a.digest is not distinct from r.to_digest)
    from living_adapters a
    where a.name = r.adapter)
