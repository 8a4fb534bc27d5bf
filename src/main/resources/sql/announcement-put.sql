with announcer as (
  insert into announcers (announcer, version, announced_time)
  values (:announcer, :version::text, now())
  on conflict (announcer) do update
  set version = excluded.version,
      announced_time = excluded.announced_time),
gone as (
  delete from announced_adapters
  where announcer = :announcer
    and name <> all (:names::text[]))
insert into announced_adapters as stored (announcer, name, kind, template, digest, suspended, broken)
select :announcer, a.name, a.kind, a.template, a.digest, a.suspended, a.broken
from unnest(:names::text[], :kinds::text[], :templates::text[], :digests::text[], :suspended::boolean[], :broken::jsonb[])
  as a (name, kind, template, digest, suspended, broken)
on conflict (announcer, name) do update
set kind = excluded.kind,
    template = excluded.template,
    digest = excluded.digest,
    suspended = excluded.suspended,
    broken = excluded.broken
where (stored.kind, stored.template, stored.digest, stored.suspended, stored.broken)
  is distinct from (excluded.kind, excluded.template, excluded.digest, excluded.suspended, excluded.broken)
