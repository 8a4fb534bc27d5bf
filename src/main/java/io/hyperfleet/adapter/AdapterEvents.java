package io.hyperfleet.adapter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.log.LogContext;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.component.google.pubsub.GooglePubsubConstants;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Reads the event out of a Pub/Sub message. CloudEvents are accepted in structured mode (the body is the event) and in
 * binary mode (attributes {@code ce-*} beside the data), of any type: what counts is the resource that they name. The data of a
 * structured one may be {@code data_base64}, as senders write it that do not know it to be JSON.
 */
public class AdapterEvents {

  private static final String STRUCTURED = "application/cloudevents";
  private static final ObjectMapper JSON = WholeNumbers.mapper();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private final AdapterRegistry adapters;

  AdapterEvents(AdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /**
   * Keeps the message in the variable {@code received} and removes every header, so that nothing that a sender chose can
   * steer a component. Sets {@code binary}; for such a message the event's attributes become Camel's CloudEvent headers.
   */
  public void open(Exchange exchange) {
    var adapter = log(exchange);
    adapters.find(adapter).map(AdapterDefinition::subscription).ifPresent(LogContext::subscription);
    var in = exchange.getIn();
    Map<?, ?> attributes = in.getHeader(GooglePubsubConstants.ATTRIBUTES, Map.of(), Map.class);
    var contentType = String.valueOf(attributes.get("content-type"));
    boolean binary = attributes.containsKey("ce-specversion") && !contentType.startsWith(STRUCTURED);
    in.removeHeaders("*");
    exchange.setVariable("received", in.getBody());
    exchange.setVariable("binary", binary);
    exchange.setVariable("reason", attributes.get("ce-reason"));
    if (binary) {
      for (CloudEvent.Attribute attribute : CloudEvents.v1_0.attributes()) {
        var value = attributes.get("ce-" + attribute.json());
        if (value != null) {
          in.setHeader(attribute.id(), quoted(value));
        }
      }
    }
  }

  /** The transformer writes attributes between quotes as they are; quotes in them must not end the text. */
  private static String quoted(Object value) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value.toString()));
  }

  /** Sets the body back to the message as it came. */
  public Object restore(Exchange exchange) {
    exchange.getIn().removeHeaders("*");
    return exchange.getVariable("received");
  }

  /**
   * Sets the variable {@code event}: id, kind and generation of the resource, the owner_references of a node pool, event_id
   * and type of the event, and the reason why it was sent.
   *
   * @throws UndecodableMessageException when the message names no resource
   */
  public void read(@Body Map<String, Object> cloudEvent, Exchange exchange) {
    exchange.getIn().removeHeaders("*");
    if (cloudEvent == null || !(data(cloudEvent) instanceof Map<?, ?> data)) {
      throw new UndecodableMessageException("data: an object is required");
    }
    var event = new LinkedHashMap<String, Object>();
    event.put("id", resourceId(data));
    event.put("kind", data.get("kind") instanceof String kind ? kind : "");
    event.put("generation", data.get("generation") instanceof Long number ? number : 0L);
    if (data.get("owner_references") instanceof Map<?, ?> owner) {
      event.put("owner_references", owner);
    }
    event.put("event_id", String.valueOf(cloudEvent.getOrDefault("id", "")));
    event.put("type", String.valueOf(cloudEvent.getOrDefault("type", "")));
    event.put("reason", reason(cloudEvent.get("reason"), exchange.getVariable("reason")));
    exchange.setVariable("event", event);
    LogContext.event((String) event.get("event_id"), (String) event.get("type"));
    LogContext.resource((String) event.get("kind"), (String) event.get("id"));
  }

  private static Object data(Map<String, Object> cloudEvent) {
    if (cloudEvent.get("data") != null || !(cloudEvent.get("data_base64") instanceof String encoded)) {
      return cloudEvent.get("data");
    }
    try {
      return JSON.readValue(Base64.getDecoder().decode(encoded), Object.class);
    } catch (IllegalArgumentException | IOException e) {
      throw new UndecodableMessageException("data_base64: the base64 of a JSON object is required");
    }
  }

  /** Why the event was sent, the extension {@code reason}; of a message in binary mode it is an attribute. */
  private static String reason(Object structured, Object binary) {
    return structured instanceof String text ? text : binary instanceof String text ? text : "";
  }

  /** Log lines name the adapter until the exchange is done. */
  private static String log(Exchange exchange) {
    var adapter = exchange.getVariable("adapterName", String.class);
    LogContext.adapter(adapter);
    exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
      @Override
      public void onDone(Exchange done) {
        LogContext.clear();
      }
    });
    return adapter;
  }

  /**
   * Sets the variable {@code event} as {@link #read} does, for the resource whose labels the object in the body carries. Anybody
   * may label an object: one that names no resource ends the route.
   */
  public void hint(@Body Map<String, Object> object, Exchange exchange) {
    log(exchange);
    var id = OwnerLabels.resourceId(object).filter(text -> ID.matcher(text).matches());
    exchange.setRouteStop(id.isEmpty());
    id.ifPresent(resource -> exchange.setVariable("event",
        Map.of("id", resource, "kind", "", "generation", 0L, "event_id", "", "type", "hint", "reason", "hint")));
    exchange.getIn().setBody(null);
  }

  private static String resourceId(Map<?, ?> data) {
    for (String key : new String[] {"id", "clusterId", "resourceId"}) {
      if (data.get(key) instanceof String id) {
        return checkedId("data." + key, id);
      }
    }
    throw new UndecodableMessageException("data.id: the id of the resource is required");
  }

  /**
   * An id that may stand in a path.
   *
   * @throws UndecodableMessageException when it may not
   */
  static String checkedId(String field, Object id) {
    if (id instanceof String text && ID.matcher(text).matches()) {
      return text;
    }
    throw new UndecodableMessageException(field + ": not the id of a resource");
  }
}
