insert into adapter_revisions (adapter, digest, kind, template, first_seen_by)
select a.adapter, a.digest, a.kind, a.template, :caller
from unnest(:adapters::text[], :digests::text[], :kinds::text[], :templates::text[]) as a (adapter, digest, kind, template)
on conflict (adapter, digest) do nothing
