with gone as (
  delete from announcers
  where announced_time < now() - interval '1 day'
  returning announcer)
delete from announced_adapters
where announcer in (select announcer from gone)
