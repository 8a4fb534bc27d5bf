select a.name, a.kind, a.template, a.digest, a.suspended, a.broken, a.in_waves, n.announced_time,
  exists (select from living_adapters l where l.announcer = a.announcer) as living
from announced_adapters a
join announcers n on n.announcer = a.announcer
order by a.name, n.announced_time desc
