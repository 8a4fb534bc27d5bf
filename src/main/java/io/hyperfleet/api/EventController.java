package io.hyperfleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.events.EventFilter;
import io.hyperfleet.events.EventOutcome;
import io.hyperfleet.events.EventService;
import io.hyperfleet.events.EventStore;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Events: requested by the Sentinel and users, read by operators. */
@RestController
@RequestMapping("/api/hyperfleet/v1/events")
@ConditionalOnRole(Role.API)
class EventController {

  private static final int MAX_ITEMS = 1000;

  private final EventService events;
  private final EventStore store;
  private final RequestBodies bodies;

  EventController(EventService events, EventStore store, RequestBodies bodies) {
    this.events = events;
    this.store = store;
    this.bodies = bodies;
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Accepted(UUID eventId, String status, String message) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(String aggregateId, UUID eventId, String status, ProblemDetails error) {}

  @PostMapping
  ResponseEntity<?> post(HttpServletRequest request) throws IOException {
    var body = bodies.object(request);
    return accepted(isBatch(body) ? batch(body, request) : single(events.post(body, TenantInterceptor.of(request))));
  }

  /** Generated clients send an empty list in addition to the fields of one event. */
  private static boolean isBatch(ObjectNode body) {
    var items = body.get("items");
    return items != null && !(items.isArray() && items.isEmpty() && body.size() > 1);
  }

  @GetMapping
  ResponseEntity<?> list(HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    if (parameters.text("order", "orderBy") != null) {
      throw Problem
          .invalid(new FieldError("order", "order is not supported; events are listed newest first", null, null));
    }
    var filter = new EventFilter(parameters.text("aggregate_id", "aggregateId"), parameters.flag("published"),
        parameters.choice("status", List.of("pending", "published", "dead")), TenantInterceptor.of(request));
    int page = parameters.page();
    int size = parameters.size();
    parameters.throwIfWrong();
    var found = store.list(filter, size, (page - 1L) * size);
    return ok(ListView.of(page, found.items(), found.total()));
  }

  @GetMapping("/{id}")
  ResponseEntity<?> get(@PathVariable String id, HttpServletRequest request) {
    return ok(store.read(Ids.of("Event", id), TenantInterceptor.of(request))
        .orElseThrow(() -> Problem.notFound("Event", id)));
  }

  @PostMapping("/{id}/retry")
  ResponseEntity<?> retry(@PathVariable String id, HttpServletRequest request) {
    var event = Ids.of("Event", id);
    events.retry(event, TenantInterceptor.of(request));
    return accepted(new Accepted(event, "accepted", "Event accepted, it will be published"));
  }

  private Object batch(ObjectNode body, HttpServletRequest request) {
    var items = body.get("items");
    if (!items.isArray()) {
      throw Problem.invalid(FieldError.format("items", "field 'items' must be an array"));
    }
    if (items.size() > MAX_ITEMS) {
      throw Problem.invalid(new FieldError("items", "items must be at most " + MAX_ITEMS, items.size(), "max"));
    }
    return Map.of("items",
        events.postAll(items, TenantInterceptor.of(request)).stream().map(answer -> item(answer, request)).toList());
  }

  private static Accepted single(EventOutcome answer) {
    return new Accepted(answer.eventId(), answer.status().word(), answer.status().message());
  }

  private static Item item(EventOutcome answer, HttpServletRequest request) {
    var rejection = answer.rejection();
    return new Item(answer.aggregateId(), answer.eventId(), answer.status().word(), rejection == null
        ? null
        : ProblemDetails.of(rejection.code(), rejection.getMessage(), rejection.errors(), request));
  }

  private static ResponseEntity<?> accepted(Object body) {
    return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(body);
  }

  private static ResponseEntity<?> ok(Object body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
