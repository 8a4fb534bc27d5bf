-- Every list finds its page in an index, whatever it is ordered by, and reads only the rows of that page.

drop index resources_not_ready;
create index resources_phase on resources (kind, phase, created_time desc, id);
-- Lists of every kind together.
create index resources_all on resources (created_time desc, id);
create index resources_name on resources (kind, name, id);
create index resources_updated on resources (kind, updated_time desc, id);
-- Carries what lists are rarely ordered or searched by, so that those look at this index instead of at whole rows.
create index resources_columns on resources (kind, id)
  include (name, generation, created_time, updated_time, created_by, updated_by, deleted_by, deleted_time, href, owner_id);
-- Searches for values inside specs.
create index resources_spec on resources using gin (spec jsonb_path_ops);

-- Reports change rows all the time; lists read indexes alone only for pages that vacuum has seen.
alter table resources set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
