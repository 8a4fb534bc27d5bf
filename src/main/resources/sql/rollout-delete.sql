delete from adapter_rollouts
where adapter = :adapter
