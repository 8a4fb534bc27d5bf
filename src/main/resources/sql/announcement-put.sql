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
insert into announced_adapters as stored (announcer, name, kind, template, digest, suspended, broken, in_waves, unusable)
select :announcer, a.name, a.kind, a.template, a.digest, a.suspended, a.broken, a.in_waves, a.unusable
from unnest(:names::text[], :kinds::text[], :templates::text[], :digests::text[], :suspended::boolean[], :broken::jsonb[],
  :inWaves::boolean[], :unusable::jsonb[])
  as a (name, kind, template, digest, suspended, broken, in_waves, unusable)
on conflict (announcer, name) do update
set kind = excluded.kind,
    template = excluded.template,
    digest = excluded.digest,
    suspended = excluded.suspended,
    broken = excluded.broken,
    in_waves = excluded.in_waves,
    unusable = excluded.unusable
where (stored.kind, stored.template, stored.digest, stored.suspended, stored.broken, stored.in_waves, stored.unusable)
  is distinct from (excluded.kind, excluded.template, excluded.digest, excluded.suspended, excluded.broken, excluded.in_waves, excluded.unusable)
