delete from adapter_pins
where resource_id = :id
  and adapter = :adapter
