select i.item
from adapter_status_items i
where i.resource_id = :resourceId
order by i.adapter
limit :size offset :offset
