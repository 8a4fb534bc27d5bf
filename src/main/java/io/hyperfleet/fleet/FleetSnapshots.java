package io.hyperfleet.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.announcement.AnnouncedAdapter;
import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.announcement.BrokenPart;
import io.hyperfleet.announcement.SuspendedAdapters;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.tenancy.TenancyProperties;
import io.hyperfleet.tenancy.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Counts the fleet in the background, in one process at a time, and stores the counts in a row per tenant and one for
 * all tenants. Reading them takes one row, regardless of the size of the fleet.
 */
@Service
@ConditionalOnRole(Role.API)
public class FleetSnapshots {

  private static final String CLAIM = SqlFile.read("fleet-claim");
  private static final String PHASES = SqlFile.read("fleet-phases");
  private static final String PAUSED = SqlFile.read("fleet-paused");
  private static final String STATES = SqlFile.read("fleet-states");
  private static final String OLDEST = SqlFile.read("fleet-oldest");
  private static final String OUTBOX = SqlFile.read("fleet-outbox");
  private static final String CLOCK = SqlFile.read("clock");
  private static final String STORE = SqlFile.read("fleet-store");
  private static final String READ = SqlFile.read("fleet-read");
  private static final String TENANT = "/* tenant */";
  /** Whoever sees everything. */
  private static final String ALL = "";

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Kinds kinds;
  private final Announcements announcements;
  private final SuspendedAdapters suspended;
  private final FleetProperties properties;
  private final boolean tenancy;

  FleetSnapshots(JdbcClient jdbc, ObjectMapper json, Kinds kinds, Announcements announcements,
      SuspendedAdapters suspended, FleetProperties properties, TenancyProperties tenancy) {
    this.jdbc = jdbc;
    this.json = json;
    this.kinds = kinds;
    this.announcements = announcements;
    this.suspended = suspended;
    this.properties = properties;
    this.tenancy = tenancy.enabled();
  }

  /**
   * The last counts.
   *
   * @param json the numbers
   * @param countedTime when they were counted
   */
  public record Snapshot(ObjectNode json, Instant countedTime) {}

  /** The numbers of a tenant, those of nothing where it has nothing; absent before anything was counted. */
  public Optional<Snapshot> read(Tenant tenant) {
    if (!tenant.limited()) {
      return read(ALL);
    }
    var own = read(key(tenant.dimensions()));
    return own.isPresent()
        ? own
        : read(ALL).map(all -> new Snapshot(new FleetCount(kinds).snapshot(suspended.names()), all.countedTime()));
  }

  private Optional<Snapshot> read(String tenant) {
    return jdbc.sql(READ).param("tenant", tenant)
        .query((row, number) -> new Snapshot((ObjectNode) parse(row.getString("snapshot")),
            Columns.instant(row, "counted_time")))
        .optional();
  }

  /** Counts, unless another process does or has just done so. */
  public void count() {
    if (jdbc.sql(CLAIM).param("seconds", properties.interval().toMillis() / 1e3).update() == 0) {
      return;
    }
    long began = System.nanoTime();
    var time = jdbc.sql(CLOCK).query((row, number) -> Columns.instant(row, "clock_timestamp")).single();
    var counts = new LinkedHashMap<String, FleetCount>();
    counts.put(ALL, new FleetCount(kinds));
    sql(PHASES).query(row -> {
      var ready = "Ready".equals(row.getString("phase"));
      var kind = row.getString("kind");
      long resources = row.getLong("resources");
      of(counts, row.getString("tenant")).forEach(count -> count.phase(kind, ready, resources));
    });
    sql(PAUSED).query(row -> {
      var kind = row.getString("kind");
      long resources = row.getLong("resources");
      of(counts, row.getString("tenant")).forEach(count -> count.paused(kind, resources));
    });
    countStates(counts);
    sql(OLDEST).param("most", FleetCount.MOST_OLDEST).query(row -> {
      var resource = JsonNodeFactory.instance.objectNode().put("id", row.getString("id"))
          .put("kind", row.getString("kind")).put("name", row.getString("name")).put("href", row.getString("href"))
          .put("since", Columns.instant(row, "since").toString());
      if (row.getString("message") != null) {
        resource.put("message", row.getString("message"));
      }
      of(counts, row.getString("tenant")).forEach(count -> count.oldest(resource));
    });
    store(counts, time, Duration.ofNanos(System.nanoTime() - began));
  }

  private void countStates(Map<String, FleetCount> counts) {
    var owners = new ArrayList<String>();
    var adapters = new ArrayList<String>();
    for (Kind kind : kinds.all()) {
      kind.requiredAdapters().forEach(adapter -> {
        owners.add(kind.name());
        adapters.add(adapter);
      });
    }
    sql(STATES).param("kinds", owners.toArray(String[]::new)).param("adapters", adapters.toArray(String[]::new))
        .query(row -> {
          var kind = row.getString("kind");
          var adapter = row.getString("adapter");
          var state = row.getString("state");
          long resources = row.getLong("resources");
          long deleting = row.getLong("deleting");
          boolean first = kinds.named(kind).map(Kind::requiredAdapters)
              .map(required -> required.isEmpty() || required.get(0).equals(adapter)).orElse(true);
          of(counts, row.getString("tenant")).forEach(count -> {
            if (adapter != null) {
              count.state(kind, adapter, state, resources);
            }
            if (first) {
              count.deleting(kind, deleting);
            }
          });
        });
  }

  private JdbcClient.StatementSpec sql(String sql) {
    return jdbc.sql(sql.replace(TENANT, tenancy ? "r.tenancy::text" : "''"));
  }

  /** What a row counts for: for all, and for its tenant. */
  private List<FleetCount> of(Map<String, FleetCount> counts, String tenant) {
    return tenant.isEmpty()
        ? List.of(counts.get(ALL))
        : List.of(counts.get(ALL), counts.computeIfAbsent(key(parse(tenant)), key -> new FleetCount(kinds)));
  }

  private void store(Map<String, FleetCount> counts, Instant time, Duration took) {
    var broken = broken();
    var snapshots = new LinkedHashMap<String, String>();
    counts.forEach((tenant, count) -> {
      var snapshot = count.snapshot(suspended.names());
      if (tenant.equals(ALL)) {
        snapshot.set("outbox", outbox());
      }
      snapshot.putArray("broken_definitions").addAll(broken);
      snapshots.put(tenant, snapshot.toString());
    });
    jdbc.sql(STORE)
        .param("tenants", snapshots.keySet().toArray(String[]::new))
        .param("snapshots", snapshots.values().toArray(String[]::new))
        .param("time", Columns.timestamp(time))
        .param("seconds", took.toNanos() / 1e9)
        .update();
  }

  private ObjectNode outbox() {
    return jdbc.sql(OUTBOX).query((row, number) -> {
      var outbox = JsonNodeFactory.instance.objectNode().put("pending", row.getLong("pending"))
          .put("dead", row.getLong("dead"));
      var oldest = Columns.instant(row, "oldest_pending_time");
      return oldest == null ? outbox : outbox.put("oldest_pending_time", oldest.toString());
    }).single();
  }

  private List<ObjectNode> broken() {
    var broken = new ArrayList<ObjectNode>();
    AdapterOverview.broken(announcements.all().stream().filter(AnnouncedAdapter::living).toList())
        .forEach((adapter, parts) -> {
          for (BrokenPart part : parts) {
            ObjectNode item = JsonNodeFactory.instance.objectNode().put("adapter", adapter);
            item.setAll(json.<ObjectNode>valueToTree(part));
            broken.add(item);
          }
        });
    return broken;
  }

  /** The same for the same dimensions in any order. */
  private static String key(JsonNode dimensions) {
    var sorted = new TreeMap<String, String>();
    dimensions.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asText()));
    return sorted.toString();
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataRetrievalFailureException("a JSON column does not hold what this version wrote", e);
    }
  }
}
