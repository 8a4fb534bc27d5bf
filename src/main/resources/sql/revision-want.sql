with wanted as (
  insert into wanted_revisions as stored (adapter, digest, previous_digest, wanted_time)
  values (:adapter, :digest, :previous::text, now())
  on conflict (adapter) do update
  set digest = excluded.digest,
      previous_digest = excluded.previous_digest,
      wanted_time = excluded.wanted_time)
update adapter_revisions
set last_wanted_time = now()
where adapter = :adapter
  and digest = :digest
