delete from resources where id = :id
