package io.hyperfleet.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.auth.Caller;
import io.hyperfleet.fleet.AdapterOverview;
import io.hyperfleet.fleet.AdapterView;
import io.hyperfleet.fleet.FleetSnapshots;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.revision.Revisions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.rollout.RolloutActions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
  private final RolloutActions rollouts;
  private final RequestBodies bodies;

  FleetController(FleetSnapshots snapshots, AdapterOverview adapters, Revisions revisions, RolloutActions rollouts,
      RequestBodies bodies) {
    this.rollouts = rollouts;
    this.bodies = bodies;
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

  @PostMapping("/adapters/{name}/rollback")
  ResponseEntity<?> rollback(@PathVariable String name, HttpServletRequest request) {
    found(name, request);
    rollouts.rollback(name, bodies.optional(request).map(FleetController::revision).orElse(null),
        TenantInterceptor.of(request), Caller.name());
    return accepted(name, request);
  }

  @PostMapping("/adapters/{name}/halt")
  ResponseEntity<?> halt(@PathVariable String name, HttpServletRequest request) {
    found(name, request);
    rollouts.halt(name, TenantInterceptor.of(request), Caller.name());
    return accepted(name, request);
  }

  @PostMapping("/adapters/{name}/resume")
  ResponseEntity<?> resume(@PathVariable String name, HttpServletRequest request) {
    found(name, request);
    rollouts.resume(name, TenantInterceptor.of(request), Caller.name());
    return accepted(name, request);
  }

  private static String revision(ObjectNode body) {
    var fields = new JsonFields(body);
    var revision = fields.string("revision");
    fields.throwIfWrong();
    return revision;
  }

  private ResponseEntity<?> accepted(String name, HttpServletRequest request) {
    return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(found(name, request));
  }

  private AdapterView found(String name, HttpServletRequest request) {
    return adapters.all(TenantInterceptor.of(request)).stream().filter(adapter -> adapter.name().equals(name))
        .findFirst().orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND, "No adapter has that name"));
  }

  private static ResponseEntity<?> ok(Object body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
