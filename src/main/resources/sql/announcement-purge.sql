delete from announcers where announced_time < now() - interval '1 day'
