package io.hyperfleet.resource;

import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.sql.SqlStatement;
import io.hyperfleet.tenancy.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** References between resources. A resource that another one refers to cannot be deleted. */
@Repository
@ConditionalOnRole(Role.API)
class ResourceReferences {

  private static final String LOCK_TARGETS = SqlFile.read("reference-targets-lock");
  private static final SqlStatement REPLACE = SqlStatement.read("resource-references-replace");
  private static final String REMOVE_INBOUND = SqlFile.read("resource-references-remove-inbound");
  private static final String REFERRER = SqlFile.read("resource-referrer");

  private final JdbcClient jdbc;

  ResourceReferences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Target(ObjectReference reference, boolean finalizing) {}

  /**
   * Finds the referenced resources, and prevents their deletion until the transaction ends.
   *
   * @param tenant for whom it must exist
   * @throws Problem {@code VALIDATION} when a rule is broken or a resource is missing, {@code STATE_CONFLICT} when one
   * is being deleted
   */
  Map<String, List<ObjectReference>> resolve(Kind kind, Map<String, List<RequestedReference>> wanted, Tenant tenant) {
    ReferenceParser.check(kind, wanted);
    var targets = lock(wanted.values().stream().flatMap(List::stream)
        .map(reference -> UuidV7.parse(reference.id())).distinct().toList(), tenant);
    var errors = new ArrayList<FieldError>();
    var resolved = new TreeMap<String, List<ObjectReference>>();
    wanted.forEach((type, references) -> {
      var rule = kind.reference(type).orElseThrow();
      for (int i = 0; i < references.size(); i++) {
        var target = targets.get(UuidV7.parse(references.get(i).id()));
        if (target == null || !target.reference().kind().equals(rule.targetKind())) {
          errors.add(ReferenceParser.missing(rule, ReferenceParser.path(type, i), references.get(i).id()));
        } else {
          resolved.computeIfAbsent(type, key -> new ArrayList<>()).add(target.reference());
        }
      }
    });
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    targets.values().stream().filter(Target::finalizing).findFirst().ifPresent(target -> {
      throw new Problem(ProblemCode.STATE_CONFLICT,
          target.reference().kind() + " '" + target.reference().id() + "' is marked for deletion");
    });
    resolved.values().forEach(list -> list.sort((one, other) -> one.id().toString().compareTo(other.id().toString())));
    return resolved;
  }

  /** Makes the references of a resource exactly these. */
  BoundStatement replace(UUID id, Map<String, List<ObjectReference>> references) {
    var types = new ArrayList<String>();
    var targets = new ArrayList<ObjectReference>();
    references.forEach((type, list) -> list.forEach(reference -> {
      types.add(type);
      targets.add(reference);
    }));
    return REPLACE.with(Map.of("id", id, "types", types.toArray(String[]::new),
        "targets", targets.stream().map(ObjectReference::id).toArray(UUID[]::new),
        "kinds", targets.stream().map(ObjectReference::kind).toArray(String[]::new)));
  }

  /** Makes others refer to none of these any more. */
  void removeInbound(Collection<UUID> ids) {
    jdbc.sql(REMOVE_INBOUND).param("ids", ids.toArray(UUID[]::new)).update();
  }

  /**
   * Makes sure that no other resource refers to one of these.
   *
   * @throws Problem {@code STATE_CONFLICT} that names one that does
   */
  void requireUnreferenced(Kind kind, UUID id, Collection<UUID> ids) {
    jdbc.sql(REFERRER).param("ids", ids.toArray(UUID[]::new))
        .query((row, number) -> row.getString("kind") + " '" + row.getString("name") + "'")
        .optional().ifPresent(referrer -> {
          throw new Problem(ProblemCode.STATE_CONFLICT,
              kind.name() + " '" + id + "' cannot be deleted: it is referenced by " + referrer);
        });
  }

  private Map<UUID, Target> lock(List<UUID> ids, Tenant tenant) {
    var targets = new HashMap<UUID, Target>();
    if (!ids.isEmpty()) {
      jdbc.sql(LOCK_TARGETS).param("ids", ids.toArray(UUID[]::new)).param("tenancy", tenant.only()).query(row -> {
        var reference = new ObjectReference(
            row.getObject("id", UUID.class), row.getString("kind"), row.getString("href"));
        targets.put(reference.id(), new Target(reference, row.getBoolean("finalizing")));
      });
    }
    return targets;
  }
}
