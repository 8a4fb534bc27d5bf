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
 * Addresses requests to the HyperFleet API. The base URL is configuration; a path is built from the kind's plural and
 * an id whose characters were checked, so that no event can choose where a request goes. The method is the component's
 * own word: a text would be looked up among all type converters on every request.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class FleetApi {

  /** By which an API that keeps revisions says what the resource follows. */
  static final String REVISION = "X-HyperFleet-Adapter-Revision";

  private static final String ADAPTER = "X-HyperFleet-Adapter";
  private static final String WAVES = "X-HyperFleet-Adapter-Waves";
  private static final String STATUSES = "/statuses";
  /** As many as a page may have, and as there may be adapters of a resource. */
  private static final int MOST_REPORTS = 100;

  private final AdapterKinds kinds;

  FleetApi(AdapterKinds kinds) {
    this.kinds = kinds;
  }

  /** GET of the event's resource with the reports about it, and of the revision that it follows. */
  public void addressFetch(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("event") Map<String, Object> event) {
    addressGet(exchange, path(kinds.kindOf(definition), event.get("id")), "include=statuses");
    exchange.getIn().setHeader(ADAPTER, definition.name());
    if (definition.workload().inWaves()) {
      exchange.getIn().setHeader(WAVES, "true");
    }
  }

  /** GET of the reports about the event's resource, from an API that does not know {@code include}. */
  public void addressReports(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("event") Map<String, Object> event) {
    addressGet(exchange, path(kinds.kindOf(definition), event.get("id")) + STATUSES, "page=1&size=" + MOST_REPORTS);
  }

  /** GET of the resource that owns the event's, with the reports about it. */
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

  /** PUT of a report about the event's resource. */
  public void addressReport(Exchange exchange, @Variable("definition") AdapterDefinition definition,
      @Variable("event") Map<String, Object> event) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setHeader(Exchange.HTTP_METHOD, HttpMethods.PUT);
    in.setHeader(Exchange.HTTP_PATH, path(kinds.kindOf(definition), event.get("id")) + STATUSES);
    in.setHeader(Exchange.CONTENT_TYPE, "application/json");
  }

  private static String path(Kind kind, Object id) {
    return "/" + kind.plural() + "/" + id;
  }
}
