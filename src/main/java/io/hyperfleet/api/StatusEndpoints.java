package io.hyperfleet.api;

import io.hyperfleet.json.Rfc3339;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.resource.ReportService;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.status.ReportBody;
import io.hyperfleet.status.ReportIntake;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Reports of adapters, the same for every kind. */
@Component
@ConditionalOnRole(Role.API)
class StatusEndpoints {

  static final String DISCARD_HEADER = "X-HyperFleet-Discard-Reason";
  /** By which an adapter says how far it has come through its queue of events. */
  private static final String EVENT_TIME_HEADER = "X-HyperFleet-Event-Time";

  private final ReportService reports;
  private final AdapterStatuses statuses;
  private final ResourceStore store;
  private final RequestBodies bodies;

  StatusEndpoints(ReportService reports, AdapterStatuses statuses, ResourceStore store, RequestBodies bodies) {
    this.reports = reports;
    this.statuses = statuses;
    this.store = store;
    this.bodies = bodies;
  }

  ResponseEntity<?> report(ResourceKey key, HttpServletRequest request) throws IOException {
    var report = ReportBody.parse(bodies.object(request));
    var decision = reports.take(key, report, eventTime(request.getHeader(EVENT_TIME_HEADER)));
    if (decision instanceof ReportIntake.Discarded discarded) {
      return ResponseEntity.noContent().header(DISCARD_HEADER, discarded.reason()).build();
    }
    return decision instanceof ReportIntake.Accepted accepted
        ? stored(accepted.status())
        : stored(((ReportIntake.Unchanged) decision).stored());
  }

  ResponseEntity<?> list(ResourceKey key, HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    store.locate(key).orElseThrow(key::notFound);
    int page = parameters.page();
    int size = parameters.size();
    parameters.throwIfWrong();
    var items = statuses.list(key.id(), size, (page - 1L) * size);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
        .body(ListView.of(page, items, statuses.count(key.id())));
  }

  private static Instant eventTime(String header) {
    try {
      return header == null ? null : Rfc3339.parse(header).toInstant();
    } catch (DateTimeException e) {
      throw Problem.invalid(new FieldError(EVENT_TIME_HEADER, EVENT_TIME_HEADER + " must be an RFC 3339 time", header,
          "format"));
    }
  }

  private static ResponseEntity<?> stored(AdapterStatus status) {
    return ResponseEntity.status(HttpStatus.CREATED).contentType(MediaType.APPLICATION_JSON).body(status);
  }
}
