package io.hyperfleet.api;

import io.hyperfleet.auth.Caller;
import io.hyperfleet.history.ResourceHistory;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.resource.RetryService;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/** Operators' actions on a resource, and its history; the same for every kind. */
@Component
@ConditionalOnRole(Role.API)
class SteeringEndpoints {

  private final RetryService retries;
  private final ResourceHistory history;
  private final ResourceStore store;

  SteeringEndpoints(RetryService retries, ResourceHistory history, ResourceStore store) {
    this.retries = retries;
    this.history = history;
    this.store = store;
  }

  ResponseEntity<?> retry(ResourceKey key, HttpServletRequest request) {
    var path = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    var outcome = retries.retry(key, (String) path.get("adapter"), Caller.name());
    return ResponseEntity.status(outcome.accepted() ? HttpStatus.ACCEPTED : HttpStatus.OK)
        .contentType(MediaType.APPLICATION_JSON).body(outcome);
  }

  ResponseEntity<?> history(ResourceKey key, HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    int size = parameters.size(ResourceHistory.MOST, ResourceHistory.MOST);
    parameters.throwIfWrong();
    store.locate(key).orElseThrow(key::notFound);
    var entries = history.list(key.id(), size);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
        .body(ListView.of(1, entries, entries.size()));
  }
}
