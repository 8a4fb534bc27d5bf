-- Lists of one tenant cost that tenant's resources, not the fleet. Without tenants there is nothing in it.
create index resources_tenancy on resources (tenancy, kind, created_time desc, id) where tenancy <> '{}';
