package io.hyperfleet.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.auth.Caller;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.KindLookup;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.resource.ResourceDeletion;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.ResourceLifecycle;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.rollout.FollowedRevisions;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on resources, the same for every kind. */
@Component
@ConditionalOnRole(Role.API)
class ResourceEndpoints {

  static final String TIME_HEADER = "X-HyperFleet-Time";
  /** Which adapter fetches, and whether its folder declares a rollout. */
  private static final String ADAPTER_HEADER = "X-HyperFleet-Adapter";
  private static final String WAVES_HEADER = "X-HyperFleet-Adapter-Waves";
  /** The revision by which that adapter is to act on the resource. */
  private static final String REVISION_HEADER = "X-HyperFleet-Adapter-Revision";

  private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
      .withZone(ZoneOffset.UTC);
  private static final int LONGEST_REASON = 1024;

  private final Kinds kinds;
  private final KindLookup lookup;
  private final ResourceLifecycle lifecycle;
  private final ResourceDeletion deletion;
  private final ResourceStore store;
  private final ResourceListing listing;
  private final RequestBodies bodies;
  private final FollowedRevisions revisions;

  ResourceEndpoints(Kinds kinds, KindLookup lookup, ResourceLifecycle lifecycle, ResourceDeletion deletion,
      ResourceStore store, ResourceListing listing, RequestBodies bodies,
      FollowedRevisions revisions) {
    this.revisions = revisions;
    this.kinds = kinds;
    this.lookup = lookup;
    this.lifecycle = lifecycle;
    this.deletion = deletion;
    this.store = store;
    this.listing = listing;
    this.bodies = bodies;
  }

  ResponseEntity<?> create(Kind kind, UUID owner, HttpServletRequest request) throws IOException {
    return created(lifecycle.create(
        kind, owner, bodies.object(request), TenantInterceptor.of(request), Caller.name()));
  }

  /** Creates a resource of the root kind that its body names. */
  ResponseEntity<?> createAny(HttpServletRequest request) throws IOException {
    var body = bodies.object(request);
    var kind = lookup.wanted(body);
    return kind.owned()
        ? refuseWithoutOwner(kind, kinds.parentOf(kind))
        : created(lifecycle.create(kind, null, body, TenantInterceptor.of(request), Caller.name()));
  }

  ResponseEntity<?> refuseWithoutOwner(Kind kind, Kind parent) {
    throw new Problem(ProblemCode.OWNER_NEEDED,
        "a " + kind.name() + " belongs to a " + parent.name() + "; create it at "
            + ResourceRequestMappings.BASE + "/" + parent.plural() + "/{id}/" + kind.plural());
  }

  ResponseEntity<?> get(ResourceKey key, HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    var include = parameters.choice("include", List.of("statuses"));
    parameters.throwIfWrong();
    var projection = Projection.of(request);
    var snapshot = store.read(key, include != null).orElseThrow(key::notFound);
    var answer = ResponseEntity.ok().header(TIME_HEADER, MICROSECONDS.format(snapshot.time()))
        .contentType(MediaType.APPLICATION_JSON);
    revisions.of(snapshot.resource(), request.getHeader(ADAPTER_HEADER), request.getHeader(WAVES_HEADER) != null)
        .ifPresent(digest -> answer.header(REVISION_HEADER, digest));
    return answer.body(listing.projected(ResourceView.of(snapshot.resource(), snapshot.reports()), projection));
  }

  ResponseEntity<?> list(Kind kind, UUID owner, HttpServletRequest request) {
    if (owner != null) {
      var parent = new ResourceKey(kinds.parentOf(kind), owner, null, TenantInterceptor.of(request));
      store.locate(parent).orElseThrow(parent::notFound);
    }
    return timed(listing.list(kind, owner, request), request);
  }

  /** Lists resources of every kind, or of one. */
  ResponseEntity<?> listAny(HttpServletRequest request) {
    var name = new QueryParameters(request).text("kind");
    return timed(listing.list(name == null ? null : lookup.known(name), null, request), request);
  }

  ResponseEntity<?> patch(ResourceKey key, HttpServletRequest request) throws IOException {
    return ok(view(lifecycle.patch(key, bodies.object(request), Caller.name())));
  }

  ResponseEntity<?> delete(ResourceKey key) {
    return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON)
        .body(view(deletion.delete(key, Caller.name())));
  }

  ResponseEntity<?> forceDelete(ResourceKey key, HttpServletRequest request) throws IOException {
    deletion.forceDelete(key, reason(bodies.object(request)), Caller.name());
    return ResponseEntity.noContent().build();
  }

  /** Due lists are evaluated by the database's clock, whose time is returned in a header. */
  private ResponseEntity<?> timed(Object list, HttpServletRequest request) {
    var answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
    if (request.getParameter("include") != null) {
      answer.header(TIME_HEADER, MICROSECONDS.format(store.clock()));
    }
    return answer.body(list);
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
