package io.hyperfleet.adapter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.json.Rfc3339;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.log.LogContext;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.component.google.pubsub.GooglePubsubConstants;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.stereotype.Component;

/**
 * Decodes the event from a Pub/Sub message. CloudEvents are accepted in structured mode (the body is the event) and in
 * binary mode (attributes {@code ce-*} and the data as body), of any type: only the resource that they name matters. In
 * structured mode the data may be {@code data_base64}, from senders that do not know that it is JSON.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterEvents {

  private static final String STRUCTURED = "application/cloudevents";
  private static final ObjectMapper JSON = WholeNumbers.mapper();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private final AdapterRegistry adapters;

  AdapterEvents(AdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /**
   * A received message; routes see it as {@code received}.
   *
   * @param body the message
   * @param binary whether the event is in binary mode
   * @param reason why the event was sent, from an attribute; empty if there is none
   */
  public record Received(Object body, boolean binary, String reason) {}

  /** Protects components from headers that the sender chose. */
  public Received received(@Body Object body, @Header(GooglePubsubConstants.ATTRIBUTES) Map<String, ?> attributes) {
    var sent = attributes == null ? Map.<String, Object>of() : attributes;
    boolean structured = String.valueOf(sent.get("content-type")).startsWith(STRUCTURED);
    return new Received(body, sent.containsKey("ce-specversion") && !structured,
        sent.get("ce-reason") instanceof String text ? text : "");
  }

  /**
   * Removes every header, so that no header of the sender can influence a component. For a message in binary mode the
   * event's attributes become Camel's CloudEvent headers.
   */
  public void open(Exchange exchange, @Variable("received") Received received) {
    var adapter = log(exchange);
    adapters.find(adapter).map(AdapterDefinition::subscription).ifPresent(LogContext::subscription);
    var in = exchange.getIn();
    Map<?, ?> attributes = in.getHeader(GooglePubsubConstants.ATTRIBUTES, Map.of(), Map.class);
    in.removeHeaders("*");
    if (received.binary()) {
      for (CloudEvent.Attribute attribute : CloudEvents.v1_0.attributes()) {
        var value = attributes.get("ce-" + attribute.json());
        if (value != null) {
          in.setHeader(attribute.id(), quoted(value));
        }
      }
    }
  }

  /** The transformer writes attributes between quotes without escaping, so quotes in them are escaped here. */
  private static String quoted(Object value) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value.toString()));
  }

  /** Restores the original message as the body. */
  public Object restore(Exchange exchange, @Variable("received") Received received) {
    exchange.getIn().removeHeaders("*");
    return received.body();
  }

  /**
   * The event: id, kind and generation of the resource, the owner_references of a node pool, event_id and type of the
   * event, when it was written (empty if that is unknown), and the reason for it.
   *
   * @throws UndecodableMessageException when the message names no resource
   */
  public Map<String, Object> read(@Body Map<String, Object> cloudEvent, @Variable("received") Received received) {
    if (cloudEvent == null || !(data(cloudEvent) instanceof Map<?, ?> data)) {
      throw new UndecodableMessageException("data: must be an object");
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
    event.put("time", time(cloudEvent.get("time")));
    event.put("reason", cloudEvent.get("reason") instanceof String text ? text : received.reason());
    LogContext.event((String) event.get("event_id"), (String) event.get("type"));
    LogContext.resource((String) event.get("kind"), (String) event.get("id"));
    return event;
  }

  private static String time(Object sent) {
    try {
      return sent instanceof String text ? Rfc3339.parse(text).toInstant().toString() : "";
    } catch (DateTimeException e) {
      return "";
    }
  }

  private static Object data(Map<String, Object> cloudEvent) {
    if (cloudEvent.get("data") != null || !(cloudEvent.get("data_base64") instanceof String encoded)) {
      return cloudEvent.get("data");
    }
    try {
      return JSON.readValue(Base64.getDecoder().decode(encoded), Object.class);
    } catch (IllegalArgumentException | IOException e) {
      throw new UndecodableMessageException("data_base64: must be a base64-encoded JSON object");
    }
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

  /** Begins to handle a changed object, as {@link #open} does for a message. */
  public void begin(Exchange exchange) {
    log(exchange);
  }

  /**
   * The event for the resource that an object's labels name. Anybody can label an object: the id is empty if the labels
   * name no resource.
   */
  public Map<String, Object> hint(@Body Map<String, Object> object) {
    var id = OwnerLabels.resourceId(object).filter(text -> ID.matcher(text).matches()).orElse("");
    return Map.of("id", id, "kind", "", "generation", 0L, "event_id", "", "type", "hint", "time", "",
        "reason", "hint");
  }

  private static String resourceId(Map<?, ?> data) {
    for (String key : new String[]{"id", "clusterId", "resourceId"}) {
      if (data.get(key) instanceof String id) {
        return checkedId("data." + key, id);
      }
    }
    throw new UndecodableMessageException("data.id: missing; must be the resource's id");
  }

  /**
   * Checks an id that becomes part of a path.
   *
   * @throws UndecodableMessageException when it may not
   */
  static String checkedId(String field, Object id) {
    if (id instanceof String text && ID.matcher(text).matches()) {
      return text;
    }
    throw new UndecodableMessageException(field + ": not a resource id");
  }
}
