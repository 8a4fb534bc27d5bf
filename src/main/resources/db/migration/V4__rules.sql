-- By which rules the status of a resource was computed: a status follows from the reports and from what is required, and what is
-- required is configuration.

alter table resources add column rules uuid not null default '00000000-0000-0000-0000-000000000000';

comment on column resources.rules is 'names the rules of its kind by which phase and conditions were computed';

create index resources_rules on resources (kind, rules);
