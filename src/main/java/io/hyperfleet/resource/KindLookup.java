package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the kind of a resource if the path does not contain it. */
@Component
@ConditionalOnRole(Role.API)
public class KindLookup {

  private final Kinds kinds;
  private final ResourceStore store;

  KindLookup(Kinds kinds, ResourceStore store) {
    this.kinds = kinds;
    this.store = store;
  }

  /**
   * The resource of any kind with an id that exists for a tenant.
   *
   * @throws Problem {@code NOT_FOUND}
   */
  public ResourceKey find(UUID id, Tenant tenant) {
    return store.locate(id, tenant).flatMap(location -> kinds.named(location.kind()))
        .map(kind -> new ResourceKey(kind, id, null, tenant))
        .orElseThrow(() -> Problem.notFound("Resource", id.toString()));
  }

  /**
   * The kind that a request for a new resource names.
   *
   * @throws Problem {@code VALIDATION} for wrong types, no kind, or an unknown one
   */
  public Kind wanted(ObjectNode body) {
    return known(NewResource.kindOf(body));
  }

  /**
   * The kind with a name.
   *
   * @throws Problem {@code VALIDATION} when there is none
   */
  public Kind known(String name) {
    return kinds.named(name).orElseThrow(() -> Problem.invalid(
        new FieldError("kind", "kind must be one of " + kinds.names(), name, "enum")));
  }
}
