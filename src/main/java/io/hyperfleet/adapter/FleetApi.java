package io.hyperfleet.adapter;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Addresses requests to the HyperFleet API. The base URL is configuration; a path is built from the kind's plural and an id
 * whose characters were checked, so that no event can choose where a request goes.
 */
public class FleetApi {

  private final AdapterRegistry adapters;

  FleetApi(AdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /** GET of the event's resource with the reports about it. */
  public void addressFetch(Exchange exchange, @Variable("adapterName") String adapter,
      @Variable("event") Map<String, Object> event) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setBody(null);
    in.setHeader(Exchange.HTTP_METHOD, "GET");
    in.setHeader(Exchange.HTTP_PATH, path(adapter, event));
    in.setHeader(Exchange.HTTP_QUERY, "include=statuses");
  }

  /** PUT of a report about the event's resource. */
  public void addressReport(Exchange exchange, @Variable("adapterName") String adapter,
      @Variable("event") Map<String, Object> event) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setHeader(Exchange.HTTP_METHOD, "PUT");
    in.setHeader(Exchange.HTTP_PATH, path(adapter, event) + "/statuses");
    in.setHeader(Exchange.CONTENT_TYPE, "application/json");
  }

  private String path(String adapter, Map<String, Object> event) {
    return "/" + adapters.kindOf(adapters.definition(adapter)).plural() + "/" + event.get("id");
  }
}
