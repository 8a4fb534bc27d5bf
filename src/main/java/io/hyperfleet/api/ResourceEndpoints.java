package io.hyperfleet.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.KindLookup;
import io.hyperfleet.resource.ListQuery;
import io.hyperfleet.resource.ListScope;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.resource.ResourceDeletion;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.ResourceLifecycle;
import io.hyperfleet.resource.ResourceLists;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What can be asked of resources, the same for every kind. */
@Component
@ConditionalOnRole(Role.API)
class ResourceEndpoints {

  /** The caller, where none is known. */
  static final String SYSTEM = "system@hyperfleet.local";
  static final String TIME_HEADER = "X-HyperFleet-Time";

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int MAX_DUE = 1000;
  private static final int DEFAULT_DUE = 100;
  private static final int LONGEST_REASON = 1024;

  private final Kinds kinds;
  private final KindLookup lookup;
  private final ResourceLifecycle lifecycle;
  private final ResourceDeletion deletion;
  private final ResourceStore store;
  private final ResourceLists lists;
  private final RequestBodies bodies;

  ResourceEndpoints(Kinds kinds, KindLookup lookup, ResourceLifecycle lifecycle, ResourceDeletion deletion,
      ResourceStore store, ResourceLists lists, RequestBodies bodies) {
    this.kinds = kinds;
    this.lookup = lookup;
    this.lifecycle = lifecycle;
    this.deletion = deletion;
    this.store = store;
    this.lists = lists;
    this.bodies = bodies;
  }

  ResponseEntity<?> create(Kind kind, UUID owner, HttpServletRequest request) throws IOException {
    return created(lifecycle.create(kind, owner, bodies.object(request), SYSTEM));
  }

  /** Creates a resource of the root kind that its body names. */
  ResponseEntity<?> createAny(HttpServletRequest request) throws IOException {
    var body = bodies.object(request);
    var kind = lookup.wanted(body);
    return kind.owned() ? refuseWithoutOwner(kind, kinds.parentOf(kind))
        : created(lifecycle.create(kind, null, body, SYSTEM));
  }

  ResponseEntity<?> refuseWithoutOwner(Kind kind, Kind parent) {
    throw new Problem(ProblemCode.OWNER_NEEDED, "a " + kind.name() + " belongs to a " + parent.name() + ": create it at "
        + ResourceRoutes.BASE + "/" + parent.plural() + "/{id}/" + kind.plural());
  }

  ResponseEntity<?> get(ResourceKey key, HttpServletRequest request) {
    var include = new QueryParameters(request).choice("include", List.of("statuses"));
    var snapshot = store.read(key, include != null).orElseThrow(key::notFound);
    return ResponseEntity.ok()
        .header(TIME_HEADER, MICROSECONDS.format(snapshot.time()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(ResourceView.of(snapshot.resource(), snapshot.reports()));
  }

  ResponseEntity<?> list(Kind kind, UUID owner, HttpServletRequest request) {
    if (owner != null) {
      var parent = new ResourceKey(kinds.parentOf(kind), owner, null);
      store.locate(owner).filter(found -> found.kind().equals(kind.parent())).orElseThrow(parent::notFound);
    }
    return list(new QueryParameters(request), kind, owner);
  }

  /** Lists resources of every kind, or of the one that is asked for. */
  ResponseEntity<?> listAny(HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    var name = parameters.text("kind");
    return list(parameters, name == null ? null : lookup.known(name), null);
  }

  private ResponseEntity<?> list(QueryParameters parameters, Kind kind, UUID owner) {
    var scope = scope(parameters, kind, owner);
    if (parameters.choice("due", List.of("true")) != null) {
      if (kind == null) {
        throw Problem.invalid(FieldError.required("kind"));
      }
      return ok(Map.of("items", lists.due(scope, parameters.size(MAX_DUE, DEFAULT_DUE))));
    }
    var query = new ListQuery(parameters.phase(), parameters.order(), parameters.page(), parameters.size());
    var page = lists.list(scope, query);
    var items = page.items().stream().map(resource -> ResourceView.of(resource, null)).toList();
    return ok(ListView.of(query.page(), items, page.total()));
  }

  private static ListScope scope(QueryParameters parameters, Kind kind, UUID owner) {
    var type = parameters.text("ref_type");
    var target = parameters.text("ref_target_id");
    if ((type == null) != (target == null)) {
      throw Problem.invalid(new FieldError(type == null ? "ref_type" : "ref_target_id",
          "ref_type and ref_target_id must be provided together", null, "required"));
    }
    if (type != null && (kind == null || kind.reference(type).isEmpty())) {
      throw Problem.invalid(new FieldError("ref_type", "ref_type must be a reference that the kind "
          + (kind == null ? "" : kind.name() + " ") + "declares", type, "enum"));
    }
    var id = type == null ? null : UuidV7.parse(target);
    if (type != null && id == null) {
      throw Problem.invalid(new FieldError("ref_target_id", "ref_target_id must be an id", target, "format"));
    }
    return new ListScope(kind, owner, type, id);
  }

  ResponseEntity<?> patch(ResourceKey key, HttpServletRequest request) throws IOException {
    return ok(view(lifecycle.patch(key, bodies.object(request), SYSTEM)));
  }

  ResponseEntity<?> delete(ResourceKey key) {
    return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON)
        .body(view(deletion.delete(key, SYSTEM)));
  }

  ResponseEntity<?> forceDelete(ResourceKey key, HttpServletRequest request) throws IOException {
    deletion.forceDelete(key, reason(bodies.object(request)), SYSTEM);
    return ResponseEntity.noContent().build();
  }

  private static String reason(ObjectNode body) {
    var fields = new JsonFields(body);
    var reason = fields.string("reason");
    fields.throwIfWrong();
    if (reason == null || reason.isEmpty()) {
      throw Problem.invalid(FieldError.required("reason"));
    }
    if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
      throw Problem.invalid(new FieldError(
          "reason", "reason must be at most " + LONGEST_REASON + " characters", null, "max_length"));
    }
    return reason;
  }

  private static ResponseEntity<?> created(Resource resource) {
    return ResponseEntity.created(URI.create(resource.href()))
        .contentType(MediaType.APPLICATION_JSON).body(view(resource));
  }

  private static ResourceView view(Resource resource) {
    return ResourceView.of(resource, null);
  }

  private static ResponseEntity<?> ok(Object body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
