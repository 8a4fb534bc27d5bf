select r.adapter, r.digest, r.kind, r.template, r.first_seen_time, r.first_seen_by, r.last_wanted_time,
  w.digest is not null and w.digest = r.digest as wanted,
  w.previous_digest is not null and w.previous_digest = r.digest as previous,
  (select count(*)
   from living_adapters a
   where a.name = r.adapter
     and a.digest = r.digest) as announcers,
  r.content is not null as complete,
  r.content
from adapter_revisions r
left join wanted_revisions w on w.adapter = r.adapter
where r.adapter = :adapter
  and r.digest = :digest
