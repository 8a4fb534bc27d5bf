select *
from outbox
where (:aggregateId::text is null or aggregate_id = :aggregateId)
  and (:published::boolean is null or published = :published)
  and (:status::text is null or state = :status)
order by event_id desc
limit :size offset :offset
