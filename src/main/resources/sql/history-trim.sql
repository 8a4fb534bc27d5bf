delete from resource_history
where resource_id = :resourceId
  and time < (select time
              from resource_history
              where resource_id = :resourceId
              order by time desc
              limit 1 offset :most)
