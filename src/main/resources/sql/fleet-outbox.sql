select count(*) filter (where state = 'pending') as pending,
  count(*) filter (where state = 'dead') as dead,
  min(created_time) filter (where state = 'pending') as oldest_pending_time
from outbox
where state in ('pending', 'dead')
