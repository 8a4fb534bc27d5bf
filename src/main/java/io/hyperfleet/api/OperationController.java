package io.hyperfleet.api;

import io.hyperfleet.auth.Caller;
import io.hyperfleet.bulk.BulkOperation;
import io.hyperfleet.bulk.BulkOperations;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bulk operations on all resources that match a search. */
@RestController
@RequestMapping(ResourceRequestMappings.BASE + "/operations")
@ConditionalOnRole(Role.API)
class OperationController {

  private final BulkOperations operations;
  private final RequestBodies bodies;

  OperationController(BulkOperations operations, RequestBodies bodies) {
    this.operations = operations;
    this.bodies = bodies;
  }

  @PostMapping
  ResponseEntity<?> begin(HttpServletRequest request) throws IOException {
    return accepted(operations.begin(bodies.object(request), TenantInterceptor.of(request), Caller.name()));
  }

  @GetMapping
  ResponseEntity<?> list(HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    int page = parameters.page();
    int size = parameters.size();
    parameters.throwIfWrong();
    var found = operations.list(TenantInterceptor.of(request), size, (page - 1L) * size);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
        .body(ListView.of(page, found.items(), found.total()));
  }

  @GetMapping("/{id}")
  ResponseEntity<?> get(@PathVariable String id, HttpServletRequest request) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
        .body(operations.read(Ids.of("Operation", id), TenantInterceptor.of(request)));
  }

  @PostMapping("/{id}/stop")
  ResponseEntity<?> stop(@PathVariable String id, HttpServletRequest request) {
    return accepted(operations.stop(Ids.of("Operation", id), TenantInterceptor.of(request), Caller.name()));
  }

  private static ResponseEntity<?> accepted(BulkOperation operation) {
    return ResponseEntity.status(HttpStatus.ACCEPTED).location(URI.create(operation.href()))
        .contentType(MediaType.APPLICATION_JSON).body(operation);
  }
}
