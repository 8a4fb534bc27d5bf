select exists (select 1 from resources where owner_id = :id)
