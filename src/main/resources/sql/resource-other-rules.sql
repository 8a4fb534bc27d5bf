-- Two ranges of one index, so that it costs nothing when there is none.
(select id from resources where kind = :kind and rules < :rules limit :size)
union all
(select id from resources where kind = :kind and rules > :rules limit :size)
limit :size
