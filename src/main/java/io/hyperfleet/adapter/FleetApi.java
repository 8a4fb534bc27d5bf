package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;
import org.springframework.stereotype.Component;

/**
 * Addresses requests to the HyperFleet API. The base URL is configured; a path is built from the kind's plural and a
 * checked id, so that no event can choose the target of a request. The method is the component's own enum: text would
 * be converted by a search of all type converters on every request.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class FleetApi {

  /** By which an API that keeps revisions says what the resource follows. */
  static final String REVISION = "X-HyperFleet-Adapter-Revision";

  private static final String ADAPTER = "X-HyperFleet-Adapter";
  private static final String WAVES = "X-HyperFleet-Adapter-Waves";
  private static final String EVENT_TIME = "X-HyperFleet-Event-Time";
  private static final String STATUSES = "/statuses";
  /** The maximum page size, and the maximum number of adapters of a resource. */
  private static final int MOST_REPORTS = 100;

  private final AdapterKinds kinds;

  FleetApi(AdapterKinds kinds) {
    this.kinds = kinds;
  }

  /** Addresses the GET of the event's resource with its reports and the revision that it follows. */
  public void addressFetch(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("event") Map<String, Object> event) {
    addressGet(exchange, path(kinds.kindOf(definition), event.get("id")), "include=statuses");
    exchange.getIn().setHeader(ADAPTER, definition.name());
    if (definition.workload().inWaves()) {
      exchange.getIn().setHeader(WAVES, "true");
    }
  }

  /** Addresses the GET of the reports on the event's resource, for an API that does not support {@code include}. */
  public void addressReports(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("event") Map<String, Object> event) {
    addressGet(exchange, path(kinds.kindOf(definition), event.get("id")) + STATUSES, "page=1&size=" + MOST_REPORTS);
  }

  /** Addresses the GET of the owner of the event's resource, with its reports. */
  public void addressParent(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("fetched") Fetched fetched) {
    addressGet(exchange, path(kinds.parentOf(definition), fetched.owner().clusterId()), "include=statuses");
  }

  private static void addressGet(Exchange exchange, String path, String query) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setBody(null);
    in.setHeader(Exchange.HTTP_METHOD, HttpMethods.GET);
    in.setHeader(Exchange.HTTP_PATH, path);
    in.setHeader(Exchange.HTTP_QUERY, query);
  }

  /** Addresses the PUT of a report on the event's resource, which says when the event was written, if that is known. */
  public void addressReport(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("event") Map<String, Object> event) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setHeader(Exchange.HTTP_METHOD, HttpMethods.PUT);
    in.setHeader(Exchange.HTTP_PATH, path(kinds.kindOf(definition), event.get("id")) + STATUSES);
    in.setHeader(Exchange.CONTENT_TYPE, "application/json");
    if (event.get("time") instanceof String time && !time.isEmpty()) {
      in.setHeader(EVENT_TIME, time);
    }
  }

  private static String path(Kind kind, Object id) {
    return "/" + kind.plural() + "/" + id;
  }
}
