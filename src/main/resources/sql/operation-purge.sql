delete from operations where ended_time < now() - interval '7 days'
