select a.adapter, a.digest
from unnest(:adapters::text[], :digests::text[]) as a (adapter, digest)
left join adapter_revisions r on r.adapter = a.adapter and r.digest = a.digest
where r.content is null
order by a.adapter
