package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.sql.SqlStatement;
import io.hyperfleet.tenancy.Tenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of resources and their labels. A transaction that changes a resource locks its row first. */
@Repository
@ConditionalOnRole(Role.API)
public class ResourceStore {

  private static final String CLOCK = SqlFile.read("clock");
  private static final SqlStatement LOCK = SqlStatement.read("resource-lock");
  private static final String READ = SqlFile.read("resource-read");
  /** PostgreSQL caches the plan for one id; for an array it would plan each call. */
  private static final SqlStatement READ_ONE = SqlStatement.of(READ.replace("/* ids */", "r.id = :id"));
  private static final String READ_SEVERAL = READ.replace("/* ids */", "r.id = any (:ids)");
  private static final SqlStatement INSERT = SqlStatement.read("resource-insert");
  private static final SqlStatement UPDATE_CONTENT = SqlStatement.read("resource-update-content");
  private static final SqlStatement PAUSE = SqlStatement.read("resource-pause");
  private static final SqlStatement UPDATE_STATUS = SqlStatement.read("resource-update-status");
  private static final String LOCATE = SqlFile.read("resource-locate");
  private static final String LOCK_CHILDREN = SqlFile.read("resource-lock-children");
  private static final SqlStatement REPLACE_LABELS = SqlStatement.read("resource-labels-replace");
  private static final String HAS_CHILDREN = SqlFile.read("resource-has-children");
  private static final String OTHER_RULES = SqlFile.read("resource-other-rules");
  private static final String DELETE = SqlFile.read("resource-delete");

  private final JdbcClient jdbc;
  private final JdbcOperations statements;
  private final ResourceRows rows;
  private final Kinds kinds;

  public ResourceStore(JdbcClient jdbc, JdbcOperations statements, ObjectMapper json, Kinds kinds) {
    this.jdbc = jdbc;
    this.statements = statements;
    this.kinds = kinds;
    this.rows = new ResourceRows(json);
  }

  /** The database's time; microseconds. */
  public Instant clock() {
    return jdbc.sql(CLOCK).query(OffsetDateTime.class).single().toInstant();
  }

  /** Reads a resource, with the reports about it if wanted. */
  public Optional<ResourceSnapshot> read(ResourceKey key, boolean reports) {
    return BoundStatement.query(statements, READ_ONE.with(one(key, reports)), rows::snapshot)
        .filter(found -> found.resource().kind().equals(key.kind().name()))
        .filter(found -> key.owner() == null || found.resource().ownedBy(key.owner()))
        .filter(found -> key.tenant().sees(found.resource().tenancy()));
  }

  /** The kind and owner of a resource that exists for a tenant; neither ever changes. */
  public Optional<Location> locate(UUID id, Tenant tenant) {
    return jdbc.sql(LOCATE).param("id", id).param("tenancy", tenant.only())
        .query((row, number) -> new Location(row.getString("kind"),
            ResourceRows.owner(row)))
        .optional();
  }

  /** The same for a resource that must be of the kind, and belong to the owner, that a key says. */
  public Optional<Location> locate(ResourceKey key) {
    return locate(key.id(), key.tenant())
        .filter(found -> found.kind().equals(key.kind().name()))
        .filter(found -> key.owner() == null || found.owner() != null && found.owner().id().equals(key.owner()));
  }

  /**
   * A resource's kind and owner.
   *
   * @param owner null for a root resource
   */
  public record Location(String kind, ObjectReference owner) {}

  private static Map<String, Object> one(ResourceKey key, boolean reports) {
    return Map.of("id", key.id(), "reports", reports);
  }

  /**
   * Locks a resource until the transaction ends, then reads it with its reports and the clock. Two statements of one
   * round trip: one alone would read the reports as they were before it waited for the lock.
   */
  Optional<ResourceSnapshot> lock(ResourceKey key) {
    var wanted = new HashMap<String, Object>();
    wanted.put("id", key.id());
    wanted.put("kind", key.kind().name());
    wanted.put("owner", key.owner());
    wanted.put("tenancy", key.tenant().only());
    var found = new ArrayList<ResourceSnapshot>();
    var locked = new AtomicBoolean();
    BoundStatement.query(statements, List.of(
        new BoundStatement.Query(LOCK.with(wanted), row -> locked.set(true)),
        new BoundStatement.Query(READ_ONE.with(one(key, true)), row -> found.add(rows.snapshot(row, 0)))));
    return locked.get() ? found.stream().findFirst() : Optional.empty();
  }

  /** Runs statements of the caller's transaction in one round trip, in this order. */
  public void run(List<BoundStatement> writes) {
    BoundStatement.run(statements, writes);
  }

  /** Locks and reads the resources that a resource owns; the resource itself must be locked. */
  List<ResourceSnapshot> lockChildren(UUID owner) {
    return read(jdbc.sql(LOCK_CHILDREN).param("owner", owner).query(UUID.class).list(), true);
  }

  /** Reads resources, in the order of their ids, with the reports about them if wanted. */
  public List<ResourceSnapshot> read(List<UUID> ids, boolean reports) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(READ_SEVERAL)
            .param("ids", ids.toArray(UUID[]::new))
            .param("reports", reports)
            .query(rows::snapshot)
            .list();
  }

  /** Some of the resources of a kind whose status was computed with other rules than the current ones. */
  List<UUID> ofOtherRules(Kind kind, int size) {
    return jdbc.sql(OTHER_RULES).param("kind", kind.name()).param("rules", kind.rules()).param("size", size)
        .query(UUID.class).list();
  }

  boolean hasChildren(UUID id) {
    return jdbc.sql(HAS_CHILDREN).param("id", id).query(Boolean.class).single();
  }

  /** Inserts a resource and its labels; a taken name is a {@code DuplicateKeyException}. */
  BoundStatement insert(Resource resource) {
    var owner = resource.owner();
    var row = status(resource);
    row.put("kind", resource.kind());
    row.put("name", resource.name());
    row.put("href", resource.href());
    row.put("ownerId", owner == null ? null : owner.id());
    row.put("ownerKind", owner == null ? null : owner.kind());
    row.put("ownerHref", owner == null ? null : owner.href());
    row.put("spec", resource.spec().toString());
    row.put("tenancy", resource.tenancy().toString());
    row.put("generation", resource.generation());
    row.put("time", Columns.timestamp(resource.audit().createdTime()));
    row.put("caller", resource.audit().createdBy());
    row.put("keys", keys(resource));
    row.put("values", values(resource));
    return INSERT.with(row);
  }

  /** Stores the desired state, and the labels if they have changed. */
  List<BoundStatement> updateContent(Resource before, Resource after) {
    var row = new HashMap<String, Object>();
    row.put("id", after.id());
    row.put("spec", after.spec().toString());
    row.put("generation", after.generation());
    row.put("updatedTime", Columns.timestamp(after.audit().updatedTime()));
    row.put("updatedBy", after.audit().updatedBy());
    row.put("deletedTime", Columns.timestamp(after.audit().deletedTime()));
    row.put("deletedBy", after.audit().deletedBy());
    var content = UPDATE_CONTENT.with(row);
    return before.labels().equals(after.labels())
        ? List.of(content)
        : List.of(content, REPLACE_LABELS.with(
            Map.of("id", after.id(), "keys", keys(after), "values", values(after))));
  }

  /** Stores since when a resource is paused, and by whom. */
  BoundStatement pause(Resource resource) {
    var row = new HashMap<String, Object>();
    row.put("id", resource.id());
    row.put("pausedTime", Columns.timestamp(resource.audit().pausedTime()));
    row.put("pausedBy", resource.audit().pausedBy());
    return PAUSE.with(row);
  }

  /** Stores the phase and the state of the schedule. */
  BoundStatement updateStatus(Resource resource) {
    return UPDATE_STATUS.with(status(resource));
  }

  /** Removes a resource with everything that hangs on it; its outbox rows stay. */
  void delete(UUID id) {
    jdbc.sql(DELETE).param("id", id).update();
  }

  private Map<String, Object> status(Resource resource) {
    var status = resource.status();
    var tracking = resource.tracking();
    var parameters = new HashMap<String, Object>();
    parameters.put("id", resource.id());
    parameters.put("rules", kinds.named(resource.kind()).orElseThrow().rules());
    parameters.put("phase", status.phase().word());
    parameters.put("observedGeneration", status.observedGeneration());
    parameters.put("lastUpdatedTime", Columns.timestamp(status.lastUpdatedTime()));
    parameters.put("lastTransitionTime", Columns.timestamp(status.lastTransitionTime()));
    parameters.put("reportedGeneration", tracking.reportedGeneration());
    parameters.put("nextEventTime", Columns.timestamp(tracking.position().nextEventTime()));
    parameters.put("eventAttempt", tracking.position().attempt());
    parameters.put("lastEventTime", Columns.timestamp(tracking.position().lastEventTime()));
    parameters.put("outstandingSince", Columns.timestamp(tracking.position().outstandingSince()));
    parameters.put("progressWindowStart", Columns.timestamp(tracking.progress().start()));
    parameters.put("progressCount", tracking.progress().count());
    return parameters;
  }

  private static String[] keys(Resource resource) {
    return resource.labels().keySet().toArray(String[]::new);
  }

  private static String[] values(Resource resource) {
    return resource.labels().values().toArray(String[]::new);
  }
}
