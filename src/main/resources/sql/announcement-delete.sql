with adapters as (
  delete from announced_adapters
  where announcer = :announcer)
delete from announcers
where announcer = :announcer
