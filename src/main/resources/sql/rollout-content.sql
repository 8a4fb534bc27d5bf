select content
from adapter_revisions
where adapter = :adapter
  and digest = :digest
