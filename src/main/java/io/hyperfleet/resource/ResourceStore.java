package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.tenancy.Tenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of resources and their labels. A transaction that changes a resource locks its row first of all. */
@Repository
@ConditionalOnRole(Role.API)
public class ResourceStore {

  private static final String CLOCK = SqlFile.read("clock");
  private static final String LOCK = SqlFile.read("resource-lock");
  private static final String READ = SqlFile.read("resource-read");
  private static final String INSERT = SqlFile.read("resource-insert");
  private static final String UPDATE_CONTENT = SqlFile.read("resource-update-content");
  private static final String UPDATE_STATUS = SqlFile.read("resource-update-status");
  private static final String LOCATE = SqlFile.read("resource-locate");
  private static final String LOCK_CHILDREN = SqlFile.read("resource-lock-children");
  private static final String REPLACE_LABELS = SqlFile.read("resource-labels-replace");
  private static final String HAS_CHILDREN = SqlFile.read("resource-has-children");
  private static final String OTHER_RULES = SqlFile.read("resource-other-rules");
  private static final String DELETE = SqlFile.read("resource-delete");

  private final JdbcClient jdbc;
  private final ResourceRows rows;
  private final Kinds kinds;

  public ResourceStore(JdbcClient jdbc, ObjectMapper json, Kinds kinds) {
    this.jdbc = jdbc;
    this.kinds = kinds;
    this.rows = new ResourceRows(json);
  }

  /** The database's time; microseconds. */
  public Instant clock() {
    return jdbc.sql(CLOCK).query(OffsetDateTime.class).single().toInstant();
  }

  /** Reads a resource, with the reports about it if wanted. */
  public Optional<ResourceSnapshot> read(ResourceKey key, boolean reports) {
    return read(List.of(key.id()), reports).stream()
        .filter(found -> found.resource().kind().equals(key.kind().name()))
        .filter(found -> key.owner() == null || found.resource().ownedBy(key.owner()))
        .filter(found -> key.tenant().sees(found.resource().tenancy()))
        .findFirst();
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
   * Of what kind a resource is and what it belongs to.
   *
   * @param owner null for a root resource
   */
  public record Location(String kind, ObjectReference owner) {}

  /** Locks a resource until the transaction ends, then reads it with its reports and the clock. */
  Optional<ResourceSnapshot> lock(ResourceKey key) {
    var found = jdbc.sql(LOCK)
        .param("id", key.id())
        .param("kind", key.kind().name())
        .param("owner", key.owner())
        .param("tenancy", key.tenant().only())
        .query(UUID.class).optional();
    return found.flatMap(locked -> read(key, true));
  }

  /** Locks what a resource owns, and reads it; the resource itself must be locked. */
  List<ResourceSnapshot> lockChildren(UUID owner) {
    return read(jdbc.sql(LOCK_CHILDREN).param("owner", owner).query(UUID.class).list(), true);
  }

  /** Reads resources, in the order of their ids, with the reports about them if wanted. */
  public List<ResourceSnapshot> read(List<UUID> ids, boolean reports) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(READ)
            .param("ids", ids.toArray(UUID[]::new))
            .param("reports", reports)
            .query(rows::snapshot)
            .list();
  }

  /** Some of the resources of a kind whose status was computed by other rules than those of now. */
  List<UUID> ofOtherRules(Kind kind, int size) {
    return jdbc.sql(OTHER_RULES).param("kind", kind.name()).param("rules", kind.rules()).param("size", size)
        .query(UUID.class).list();
  }

  boolean hasChildren(UUID id) {
    return jdbc.sql(HAS_CHILDREN).param("id", id).query(Boolean.class).single();
  }

  /** Inserts a resource and its labels; a taken name is a {@code DuplicateKeyException}. */
  void insert(Resource resource) {
    var owner = resource.owner();
    jdbc.sql(INSERT)
        .params(status(resource))
        .param("kind", resource.kind())
        .param("name", resource.name())
        .param("href", resource.href())
        .param("ownerId", owner == null ? null : owner.id())
        .param("ownerKind", owner == null ? null : owner.kind())
        .param("ownerHref", owner == null ? null : owner.href())
        .param("spec", resource.spec().toString())
        .param("tenancy", resource.tenancy().toString())
        .param("generation", resource.generation())
        .param("time", Columns.timestamp(resource.audit().createdTime()))
        .param("caller", resource.audit().createdBy())
        .param("keys", keys(resource))
        .param("values", values(resource))
        .update();
  }

  /** Stores what a user wants, and the labels where they differ from those before. */
  void updateContent(Resource before, Resource after) {
    jdbc.sql(UPDATE_CONTENT)
        .param("id", after.id())
        .param("spec", after.spec().toString())
        .param("generation", after.generation())
        .param("updatedTime", Columns.timestamp(after.audit().updatedTime()))
        .param("updatedBy", after.audit().updatedBy())
        .param("deletedTime", Columns.timestamp(after.audit().deletedTime()))
        .param("deletedBy", after.audit().deletedBy())
        .update();
    if (!before.labels().equals(after.labels())) {
      jdbc.sql(REPLACE_LABELS)
          .param("id", after.id())
          .param("keys", keys(after))
          .param("values", values(after))
          .update();
    }
  }

  /** Stores the phase and what is kept about events. */
  void updateStatus(Resource resource) {
    jdbc.sql(UPDATE_STATUS).params(status(resource)).update();
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
