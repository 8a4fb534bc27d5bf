package io.hyperfleet.api;

import io.hyperfleet.auth.Caller;
import io.hyperfleet.history.ResourceHistory;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.resource.RetryService;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.rollout.RolloutActions;
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
  private final RolloutActions rollouts;
  private final RequestBodies bodies;

  SteeringEndpoints(RetryService retries, ResourceHistory history, ResourceStore store, RolloutActions rollouts,
      RequestBodies bodies) {
    this.rollouts = rollouts;
    this.bodies = bodies;
    this.retries = retries;
    this.history = history;
    this.store = store;
  }

  ResponseEntity<?> retry(ResourceKey key, HttpServletRequest request) {
    var outcome = retries.retry(key, adapter(request), Caller.name());
    return ResponseEntity.status(outcome.accepted() ? HttpStatus.ACCEPTED : HttpStatus.OK)
        .contentType(MediaType.APPLICATION_JSON).body(outcome);
  }

  ResponseEntity<?> pin(ResourceKey key, HttpServletRequest request) {
    store.locate(key).orElseThrow(key::notFound);
    var fields = new JsonFields(bodies.object(request));
    var revision = fields.string("revision");
    fields.throwIfWrong();
    if (revision == null) {
      throw Problem.invalid(FieldError.required("revision"));
    }
    rollouts.pin(key, adapter(request), revision, Caller.name());
    return ResponseEntity.noContent().build();
  }

  ResponseEntity<?> unpin(ResourceKey key, HttpServletRequest request) {
    rollouts.unpin(key, adapter(request), Caller.name());
    return ResponseEntity.noContent().build();
  }

  private static String adapter(HttpServletRequest request) {
    var path = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    return (String) path.get("adapter");
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
