delete from rollout_resources
where adapter = :adapter
