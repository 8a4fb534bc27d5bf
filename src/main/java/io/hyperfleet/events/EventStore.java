package io.hyperfleet.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.resource.list.Page;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.tenancy.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the outbox for operators, and retries dead events. */
@Repository
@ConditionalOnRole(Role.API)
public class EventStore {

  private static final String READ = SqlFile.read("event-read");
  private static final String LIST = SqlFile.read("event-list");
  private static final String COUNT = SqlFile.read("event-count");
  private static final String REVIVE = SqlFile.read("event-revive");

  private static final String TENANT = "/* tenant */";
  private static final String THEIRS = """
      exists (
        select 1
        from resources r
        where r.id = case when o.aggregate_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then o.aggregate_id::uuid end
          and r.tenancy = :tenancy::jsonb
          and r.tenancy <> '{}')""";

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  public EventStore(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** An event about a resource that exists for a tenant. */
  public Optional<StoredEvent> read(UUID id, Tenant tenant) {
    return seen(READ, tenant).param("id", id).query(this::event).optional();
  }

  /** One page of events, the newest first. */
  public Page<StoredEvent> list(EventFilter filter, int size, long offset) {
    var total = filtered(COUNT, filter).query(Long.class).single();
    var items = filtered(LIST, filter).param("size", size).param("offset", offset).query(this::event).list();
    return new Page<>(items, total);
  }

  /** Makes a dead row pending again; false when it is not dead. */
  boolean revive(UUID id) {
    return jdbc.sql(REVIVE).param("id", id).update() == 1;
  }

  private JdbcClient.StatementSpec filtered(String sql, EventFilter filter) {
    return seen(sql, filter.tenant())
        .param("aggregateId", filter.aggregateId())
        .param("published", filter.published())
        .param("status", filter.status());
  }

  /** No check of resources for callers who see all tenants. */
  private JdbcClient.StatementSpec seen(String sql, Tenant tenant) {
    return tenant.limited()
        ? jdbc.sql(sql.replace(TENANT, THEIRS)).param("tenancy", tenant.only())
        : jdbc.sql(sql.replace(TENANT, "true"));
  }

  private StoredEvent event(ResultSet row, int number) throws SQLException {
    try {
      return new StoredEvent(
          row.getObject("event_id", UUID.class),
          row.getString("aggregate_type"),
          row.getString("aggregate_id"),
          row.getString("event_type"),
          row.getInt("generation"),
          row.getString("reason"),
          row.getString("source"),
          json.readTree(row.getString("payload")),
          row.getBoolean("published"),
          row.getString("state"),
          row.getInt("attempts"),
          Columns.instant(row, "next_attempt_time"),
          row.getString("last_error"),
          Columns.instant(row, "published_time"),
          Columns.instant(row, "created_time"));
    } catch (JsonProcessingException e) {
      throw new DataRetrievalFailureException("a payload is not JSON", e);
    }
  }
}
