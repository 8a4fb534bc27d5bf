with older as (
  select r.adapter, r.digest
  from (
    select adapter, digest,
      row_number() over (partition by adapter order by greatest(first_seen_time, last_wanted_time) desc, digest) as place
    from adapter_revisions) r
  where r.place > 10)
delete from adapter_revisions r
using older
where r.adapter = older.adapter
  and r.digest = older.digest
  and not exists (select from announced_adapters a where a.name = r.adapter and a.digest = r.digest)
  and not exists (select from wanted_revisions w where w.adapter = r.adapter and r.digest in (w.digest, w.previous_digest))
  and not exists (select from adapter_statuses s where s.adapter = r.adapter and s.adapter_revision = r.digest)
  and not exists (select from adapter_rollouts o where o.adapter = r.adapter and r.digest in (o.from_digest, o.to_digest, o.left_digest))
  and not exists (select from adapter_pins p where p.adapter = r.adapter and p.digest = r.digest)
