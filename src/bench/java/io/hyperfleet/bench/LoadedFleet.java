package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Clusters that were written by SQL: Ready, with fresh reports of the adapters that matter. Every hundredth can be made
 * due. Only these have reports, and none has labels and conditions: nothing else of them is read while others are due.
 */
final class LoadedFleet {

  private static final int PART_DUE = 100;
  private static final String ID = "('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid";

  private final JdbcClient jdbc;
  private int size;

  /** Writes over a connection of its own: the application's give a statement 20 seconds. */
  LoadedFleet(LocalFleet fleet) throws SQLException {
    jdbc = JdbcClient.create(new SingleConnectionDataSource(Measurements.connection(fleet), true));
  }

  /** Adds clusters until there are that many. */
  void growTo(int clusters) {
    if (clusters % PART_DUE != 0) {
      throw new IllegalArgumentException(clusters + " clusters: must be a multiple of " + PART_DUE);
    }
    jdbc.sql("""
        insert into resources (id, kind, name, href, spec, phase, status_observed_generation, status_last_updated_time,
          status_last_transition_time, reported_generation, created_time, updated_time, created_by, updated_by)
        select %s, 'Cluster', 'cluster-' || n, '/api/hyperfleet/v1/clusters/' || n,
          jsonb_build_object('region', 'r' || n %% 1000, 'provider', 'gcp', 'nodes', n %% 100), 'Ready', 1, now(), now(), 1,
          now(), now(), 'bench', 'bench'
        from generate_series(:from, :to) n""".formatted(ID)).param("from", size + 1).param("to", clusters).update();
    jdbc.sql("""
        insert into resource_schedules (resource_id, kind, next_event_time)
        select %s, 'Cluster', now() + interval '1 day'
        from generate_series(:from, :to) n""".formatted(ID)).param("from", size + 1).param("to", clusters).update();
    jdbc.sql("""
        insert into adapter_statuses (id, resource_id, adapter, observed_generation, conditions, created_time, last_report_time,
          last_definitive_status, last_definitive_generation, last_definitive_time)
        select gen_random_uuid(), %s, adapter, 1, '[{"type": "Available", "status": "True"}]', now(), now(), 'True', 1, now()
        from generate_series(:from, :to) n, unnest(array['validation', 'dns', 'placement', 'hyperfleet']) adapter
        where n %% %d = 0""".formatted(ID, PART_DUE)).param("from", size + 1).param("to", clusters).update();
    size = clusters;
    jdbc.sql("vacuum analyze resources").update();
    jdbc.sql("vacuum analyze resource_schedules").update();
    jdbc.sql("vacuum analyze adapter_statuses").update();
  }

  /** Makes one in a hundred due: no report for longer than the greatest age, and events that have brought none. */
  int makeDue() {
    jdbc.sql("truncate outbox").update();
    jdbc.sql("update adapter_statuses set last_report_time = now() - interval '1 day'").update();
    return jdbc.sql("""
        update resource_schedules
        set next_event_time = now() - n * interval '1 millisecond', event_attempt = 10
        from generate_series(:part, :size, :part) n
        where resource_id = %s""".formatted(ID)).param("part", PART_DUE).param("size", size).update();
  }

  void makeNoneDue() {
    jdbc.sql(
        "update resource_schedules set next_event_time = now() + interval '1 day' where next_event_time < now() + interval '1 hour'")
        .update();
  }

  /** Rows of the outbox. */
  long events() {
    return jdbc.sql("select count(*) from outbox").query(Long.class).single();
  }
}
