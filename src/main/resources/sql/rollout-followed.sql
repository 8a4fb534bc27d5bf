-- What there is to know for the revision that one resource follows.
select r.from_digest, r.to_digest, r.state, r.wave, r.wave_time, w.digest as wanted, p.digest as pinned,
  m.resource_id is not null as moved, s.adapter_revision as reported,
  exists (select
          from adapter_revisions k
          where k.adapter = q.adapter and k.digest = s.adapter_revision and k.content is not null) as kept
from (values (:adapter, :id::uuid)) as q (adapter, id)
left join adapter_rollouts r on r.adapter = q.adapter
left join wanted_revisions w on w.adapter = q.adapter
left join adapter_pins p on p.resource_id = q.id and p.adapter = q.adapter
left join rollout_resources m on m.resource_id = q.id and m.adapter = q.adapter
left join adapter_statuses s on s.resource_id = q.id and s.adapter = q.adapter
