-- From one state to the next, by whoever saw the first one.
update adapter_rollouts
set state = :state,
    wave = :wave,
    waves = :waves,
    since = case when state = :state then since else now() end,
    wave_time = case when wave = :wave and not :again then wave_time else now() end,
    reason = :reason::text,
    changed_by = :caller::text
where adapter = :adapter
  and to_digest = :to
  and state = :beforeState
  and wave = :beforeWave
