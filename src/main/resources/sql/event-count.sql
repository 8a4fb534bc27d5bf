select count(*)
from outbox o
where (:aggregateId::text is null or o.aggregate_id = :aggregateId)
  and (:published::boolean is null or o.published = :published)
  and (:status::text is null or o.state = :status)
  and /* tenant */
