update adapter_revisions
set content = coalesce(content, :content)
where adapter = :adapter
  and digest = :digest
