-- What living processes announce: a process that has announced nothing for 45 seconds is considered gone. It announces every
-- hyperfleet.adapters.announce-interval, of which three fit into that time by default.

create view living_adapters as
select a.announcer, a.name, a.digest, a.unusable
from announced_adapters a
join announcers n on n.announcer = a.announcer
where n.announced_time > now() - interval '45 seconds';
