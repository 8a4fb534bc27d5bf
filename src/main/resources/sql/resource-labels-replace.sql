with gone as (
  delete from resource_labels
  where resource_id = :id
    and key <> all (:keys::text[]))
insert into resource_labels (resource_id, key, value)
select :id, label.key, label.value
from unnest(:keys::text[], :values::text[]) as label (key, value)
on conflict (resource_id, key) do update
set value = excluded.value
