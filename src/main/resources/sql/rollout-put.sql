insert into adapter_rollouts (adapter, kind, from_digest, to_digest, state, wave, waves, since, wave_time, reason, changed_by, left_digest, governed_time)
values (:adapter, :kind, :from, :to, :state, 0, :waves, now(), now(), :reason::text, :caller::text, :left::text, now())
on conflict (adapter) do update
set kind = excluded.kind,
    from_digest = excluded.from_digest,
    to_digest = excluded.to_digest,
    state = excluded.state,
    wave = 0,
    waves = excluded.waves,
    since = now(),
    wave_time = now(),
    reason = excluded.reason,
    changed_by = excluded.changed_by,
    left_digest = excluded.left_digest
