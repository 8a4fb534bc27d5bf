package io.hyperfleet.api;

import io.hyperfleet.fleet.AdapterOverview;
import io.hyperfleet.fleet.AdapterView;
import io.hyperfleet.fleet.FleetSnapshots;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.revision.Revisions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The counts of the fleet, and its adapters. */
@RestController
@RequestMapping(ResourceRequestMappings.BASE)
@ConditionalOnRole(Role.API)
class FleetController {

  private final FleetSnapshots snapshots;
  private final AdapterOverview adapters;
  private final Revisions revisions;

  FleetController(FleetSnapshots snapshots, AdapterOverview adapters, Revisions revisions) {
    this.revisions = revisions;
    this.snapshots = snapshots;
    this.adapters = adapters;
  }

  @GetMapping("/fleet")
  ResponseEntity<?> fleet(HttpServletRequest request) {
    var snapshot = snapshots.read(TenantInterceptor.of(request)).orElseThrow(
        () -> new Problem(ProblemCode.UNAVAILABLE, "The fleet has not been counted yet"));
    return ok(snapshot.json().put("counted_time", snapshot.countedTime().toString()));
  }

  @GetMapping("/adapters")
  ResponseEntity<?> adapters(HttpServletRequest request) {
    var all = adapters.all(TenantInterceptor.of(request));
    return ok(ListView.of(1, all, all.size()));
  }

  @GetMapping("/adapters/{name}")
  ResponseEntity<?> adapter(@PathVariable String name, HttpServletRequest request) {
    return ok(found(name, request));
  }

  @GetMapping("/adapters/{name}/revisions")
  ResponseEntity<?> revisions(@PathVariable String name, HttpServletRequest request) {
    var all = revisions.list(found(name, request).name());
    return ok(ListView.of(1, all, all.size()));
  }

  /** Tenants see no content: it is the operator's, and may name other tenants' data. */
  @GetMapping("/adapters/{name}/revisions/{digest}")
  ResponseEntity<?> revision(@PathVariable String name, @PathVariable String digest, HttpServletRequest request) {
    var revision = revisions.read(name, digest).orElseThrow(
        () -> new Problem(ProblemCode.NOT_FOUND, "No revision of this adapter has that digest"));
    return ok(TenantInterceptor.of(request).limited() ? revision.withoutContent() : revision);
  }

  private AdapterView found(String name, HttpServletRequest request) {
    return adapters.all(TenantInterceptor.of(request)).stream().filter(adapter -> adapter.name().equals(name))
        .findFirst().orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND, "No adapter has that name"));
  }

  private static ResponseEntity<?> ok(Object body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
