-- How many resources an adapter has last reported Health=False about is asked again and again: an index holds just those. The column
-- changes with an adapter's health only, so that other reports touch no index. Processes of the release before do not write it;
-- what they report shows with the adapter's next report to this one.

alter table adapter_statuses add column unhealthy boolean not null default false;

update adapter_statuses
set unhealthy = true
where conditions @> '[{"type": "Health", "status": "False"}]';

create index adapter_statuses_unhealthy on adapter_statuses (adapter) where unhealthy;

-- The other half of a W3C trace context.
alter table outbox add column tracestate text;
