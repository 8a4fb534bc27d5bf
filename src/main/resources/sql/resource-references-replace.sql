with gone as (
  delete from resource_references
  where source_id = :id
    and (ref_type, target_id) not in (select * from unnest(:types::text[], :targets::uuid[])))
insert into resource_references (source_id, ref_type, target_id, target_kind)
select :id, f.ref_type, f.target_id, f.target_kind
from unnest(:types::text[], :targets::uuid[], :kinds::text[]) as f (ref_type, target_id, target_kind)
on conflict do nothing
