select o.*
from outbox o
where (:aggregateId::text is null or o.aggregate_id = :aggregateId)
  and (:published::boolean is null or o.published = :published)
  and (:status::text is null or o.state = :status)
  and /* tenant */
order by o.event_id desc
limit :size offset :offset
