delete from announcers where announcer = :announcer
