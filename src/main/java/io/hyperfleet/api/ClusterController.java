package io.hyperfleet.api;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Clusters and the reports about them. */
@RestController
@ConditionalOnRole(Role.API)
class ClusterController {

  private static final String CLUSTERS = "/api/hyperfleet/v1/clusters";
  private static final String CLUSTER = CLUSTERS + "/{id}";

  private final Kind kind;
  private final ResourceEndpoints resources;
  private final StatusEndpoints statuses;

  ClusterController(Kinds kinds, ResourceEndpoints resources, StatusEndpoints statuses) {
    this.kind = kinds.plural("clusters");
    this.resources = resources;
    this.statuses = statuses;
  }

  @PostMapping(CLUSTERS)
  ResponseEntity<?> create(HttpServletRequest request) throws IOException {
    return resources.create(kind, request);
  }

  @GetMapping(CLUSTERS)
  ResponseEntity<?> list(HttpServletRequest request) {
    return resources.list(kind, request);
  }

  /** The short path is the one that the adapter event flow draws. */
  @GetMapping({CLUSTER, "/api/clusters/{id}"})
  ResponseEntity<?> get(@PathVariable String id, HttpServletRequest request) {
    return resources.get(kind, id, request);
  }

  @PatchMapping(CLUSTER)
  ResponseEntity<?> patch(@PathVariable String id, HttpServletRequest request) throws IOException {
    return resources.patch(kind, id, request);
  }

  @DeleteMapping(CLUSTER)
  ResponseEntity<?> delete(@PathVariable String id) {
    return resources.delete(kind, id);
  }

  @RequestMapping(path = {CLUSTER + "/statuses", CLUSTER + "/status"},
      method = {RequestMethod.PUT, RequestMethod.POST})
  ResponseEntity<?> report(@PathVariable String id, HttpServletRequest request) throws IOException {
    return statuses.report(kind, id, request);
  }

  @GetMapping({CLUSTER + "/statuses", CLUSTER + "/status"})
  ResponseEntity<?> statuses(@PathVariable String id, HttpServletRequest request) {
    return statuses.list(kind, id, request);
  }
}
