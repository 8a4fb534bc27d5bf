package io.hyperfleet.bench;

import io.hyperfleet.id.UuidV7;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The API's own statements over one connection, without the API: what the database alone can do. */
final class BareStatements implements AutoCloseable {

  private static final String CLOCK = SqlFile.read("clock");
  private static final String INSERT = SqlFile.read("resource-insert");
  private static final String CONDITIONS = SqlFile.read("conditions-replace");
  private static final String OUTBOX = SqlFile.read("outbox-insert");
  private static final String LOCK = SqlFile.read("resource-lock");
  private static final String READ = SqlFile.read("resource-read").replace("/* ids */", "r.id = :id");
  private static final String REPORT = SqlFile.read("adapter-status-upsert");
  private static final String STATUS = SqlFile.read("resource-update-status");

  private static final List<String> AT_FIRST = List.of("Reconciled", "LastKnownReconciled", "Validated");
  private static final List<String> REPORTED = List.of("Reconciled", "LastKnownReconciled", "Validated",
      "DnsSuccessful");
  private static final UUID RULES = UUID.randomUUID();

  private final Connection connection;
  private final NamedParameterJdbcTemplate jdbc;

  BareStatements(LocalFleet fleet) throws SQLException {
    connection = Measurements.connection(fleet);
    connection.setAutoCommit(false);
    jdbc = new NamedParameterJdbcTemplate(new SingleConnectionDataSource(connection, true));
  }

  /** What a create writes. */
  void create() throws SQLException {
    var id = UuidV7.next();
    jdbc.queryForObject(CLOCK, Map.of(), OffsetDateTime.class);
    var resource = status(id, null);
    resource.put("kind", "Cluster");
    resource.put("name", "bare-" + id);
    resource.put("href", "/api/hyperfleet/v1/clusters/" + id);
    resource.put("ownerId", null);
    resource.put("ownerKind", null);
    resource.put("ownerHref", null);
    resource.put("spec", "{\"region\": \"r1\"}");
    resource.put("tenancy", "{}");
    resource.put("generation", 1);
    resource.put("time", now());
    resource.put("caller", "system@hyperfleet.local");
    resource.put("keys", new String[]{"shard"});
    resource.put("values", new String[]{"1"});
    jdbc.update(INSERT, resource);
    conditions(id, AT_FIRST);
    var event = new HashMap<String, Object>(Map.of("eventIds", new String[]{UuidV7.next().toString()}, "aggregateTypes",
        new String[]{"Cluster"}, "aggregateIds", new String[]{id.toString()}, "eventTypes",
        new String[]{"cluster.changed.v1"}, "generations", new Integer[]{1}, "reasons", new String[]{"created"},
        "sources", new String[]{"write"}, "payloads", new String[]{"{\"id\": \"" + id
            + "\", \"kind\": \"Cluster\", \"href\": \"/api/hyperfleet/v1/clusters/" + id + "\", \"generation\": 1}"}));
    event.put("traceparent", null);
    event.put("tracestate", null);
    jdbc.update(OUTBOX, event);
    connection.commit();
  }

  /** What a report reads and writes that is not the adapter's first about a cluster. */
  void report(UUID id) throws SQLException {
    var key = new HashMap<String, Object>(Map.of("id", id, "kind", "Cluster"));
    key.put("owner", null);
    key.put("tenancy", null);
    jdbc.queryForList(LOCK, key);
    jdbc.queryForList(READ, Map.of("id", id, "reports", true));
    var report = new HashMap<String, Object>(Map.of("id", UuidV7.next(), "resourceId", id, "adapter", "dns",
        "observedGeneration", 1, "conditions", "[{\"type\": \"Available\", \"status\": \"True\"}]", "data", "{}",
        "createdTime", now(), "lastReportTime", now(), "definitiveStatus", "True", "definitiveGeneration", 1));
    report.put("metadata", null);
    report.put("launched", null);
    report.put("adapterRevision", null);
    report.put("answeredTime", now());
    report.put("definitiveReason", "Tested");
    report.put("definitiveMessage", "as of now");
    report.put("definitiveTime", now());
    report.put("definitiveData", "{}");
    report.put("unhealthy", false);
    jdbc.update(REPORT, report);
    conditions(id, REPORTED);
    jdbc.update(STATUS, status(id, now()));
    connection.commit();
  }

  private void conditions(UUID id, List<String> types) {
    var time = now().toString();
    jdbc.update(CONDITIONS, Map.of("id", id, "types", types.toArray(String[]::new), "statuses", each(types, "False"),
        "reasons", each(types, "Tested"), "messages", each(types, "as of now"),
        "generations", Collections.nCopies(types.size(), 1).toArray(Integer[]::new),
        "createdTimes", each(types, time), "updatedTimes", each(types, time), "transitionTimes", each(types, time)));
  }

  private static String[] each(List<String> types, String value) {
    return Collections.nCopies(types.size(), value).toArray(String[]::new);
  }

  private static Map<String, Object> status(UUID id, OffsetDateTime progressWindowStart) {
    var status = new HashMap<String, Object>(Map.of("id", id, "phase", "NotReady", "observedGeneration", 0,
        "lastUpdatedTime", now(), "lastTransitionTime", now(), "reportedGeneration", 1, "nextEventTime", now(),
        "eventAttempt", 1, "progressCount", 0));
    status.put("progressWindowStart", progressWindowStart);
    status.put("lastEventTime", now());
    status.put("outstandingSince", null);
    status.put("rules", RULES);
    return status;
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
