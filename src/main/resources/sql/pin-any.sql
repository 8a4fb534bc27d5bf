select exists (select from adapter_pins where adapter = :adapter)
