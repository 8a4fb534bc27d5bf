package io.hyperfleet.api;

import io.hyperfleet.auth.Caller;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.resource.ListScope;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.resource.ResourceLifecycle;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What can be asked of resources, the same for every kind. */
@Component
@ConditionalOnRole(Role.API)
class ResourceEndpoints {

  static final String TIME_HEADER = "X-HyperFleet-Time";

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ResourceLifecycle lifecycle;
  private final ResourceStore store;
  private final ResourceListing listing;
  private final RequestBodies bodies;

  ResourceEndpoints(ResourceLifecycle lifecycle, ResourceStore store, ResourceListing listing, RequestBodies bodies) {
    this.lifecycle = lifecycle;
    this.store = store;
    this.listing = listing;
    this.bodies = bodies;
  }

  ResponseEntity<?> create(Kind kind, HttpServletRequest request) throws IOException {
    var resource = lifecycle.create(kind, bodies.object(request), Caller.name());
    return ResponseEntity.created(URI.create(resource.href()))
        .contentType(MediaType.APPLICATION_JSON).body(ResourceView.of(resource, null));
  }

  ResponseEntity<?> get(Kind kind, String id, HttpServletRequest request) {
    var include = new QueryParameters(request).choice("include", List.of("statuses"));
    var projection = Projection.of(request);
    var snapshot = store.read(kind, Ids.of(kind.name(), id), include != null)
        .orElseThrow(() -> Problem.notFound(kind.name(), id));
    return ResponseEntity.ok()
        .header(TIME_HEADER, MICROSECONDS.format(snapshot.time()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(listing.projected(ResourceView.of(snapshot.resource(), snapshot.reports()), projection));
  }

  ResponseEntity<?> list(Kind kind, HttpServletRequest request) {
    return ok(listing.list(new ListScope(kind, null, null, null), request));
  }

  ResponseEntity<?> patch(Kind kind, String id, HttpServletRequest request) throws IOException {
    var body = bodies.object(request);
    return ok(view(lifecycle.patch(kind, Ids.of(kind.name(), id), body, Caller.name())));
  }

  ResponseEntity<?> delete(Kind kind, String id) {
    var resource = lifecycle.delete(kind, Ids.of(kind.name(), id), Caller.name());
    return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(view(resource));
  }

  private static ResourceView view(Resource resource) {
    return ResourceView.of(resource, null);
  }

  private static ResponseEntity<?> ok(Object body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
