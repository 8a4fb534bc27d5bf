select pg_advisory_xact_lock(hashtext('hyperfleet wanted revisions'))::text
