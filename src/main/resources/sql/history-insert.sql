insert into resource_history (resource_id, time, type, generation, adapter, status, reason, message, attempt, finalized, action,
  caller)
values (:resourceId, :time, :type, :generation, :adapter::text, :status::text, :reason::text, :message::text, :attempt::integer,
  :finalized::boolean, :action::text, :caller::text)
