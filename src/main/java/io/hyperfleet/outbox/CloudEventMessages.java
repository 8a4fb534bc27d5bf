package io.hyperfleet.outbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.trace.TraceContext;
import java.io.IOException;
import java.time.format.DateTimeFormatter;

/**
 * Converts outbox rows to CloudEvents 1.0 in structured mode: the whole event is the message's JSON body. Its context
 * attributes are also {@code ce-*} message attributes, for filters of consumers.
 */
class CloudEventMessages {

  static final String CONTENT_TYPE = "application/cloudevents+json";
  /** Maximum size of a message in Pub/Sub, minus room for attributes and framing. */
  static final int MAX_BYTES = 10_000_000 - 64 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private final OutboxProperties properties;
  private final boolean orderingKeys;

  CloudEventMessages(OutboxProperties properties, boolean orderingKeys) {
    this.orderingKeys = orderingKeys;
    this.properties = properties;
  }

  /**
   * The message for a row, in the trace of its publishing.
   *
   * @throws UnpublishableRowException when it cannot be converted
   */
  PubsubMessage message(OutboxRow row, TraceContext trace) {
    var time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(row.createdTime());
    var source = "sentinel".equals(row.source()) ? properties.sentinelSource() : properties.source();
    var body = body(row, source, time, trace);
    if (body.size() > MAX_BYTES) {
      throw new UnpublishableRowException(
          "the event has " + body.size() + " bytes, Pub/Sub accepts at most " + MAX_BYTES);
    }
    var message = PubsubMessage.newBuilder()
        .setData(body)
        .putAttributes("content-type", CONTENT_TYPE)
        .putAttributes("ce-specversion", "1.0")
        .putAttributes("ce-id", row.eventId())
        .putAttributes("ce-source", source)
        .putAttributes("ce-type", row.eventType())
        .putAttributes("ce-subject", row.aggregateId())
        .putAttributes("ce-time", time)
        .putAttributes("ce-reason", row.reason());
    trace.fields().forEach((name, value) -> message.putAttributes("ce-" + name, value));
    if (orderingKeys) {
      message.setOrderingKey(row.aggregateId());
    }
    return message.build();
  }

  private static ByteString body(OutboxRow row, String source, String time, TraceContext trace) {
    var out = ByteString.newOutput(512);
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("specversion", "1.0");
      json.writeStringField("id", row.eventId());
      json.writeStringField("source", source);
      json.writeStringField("type", row.eventType());
      json.writeStringField("subject", row.aggregateId());
      json.writeStringField("time", time);
      json.writeStringField("datacontenttype", "application/json");
      json.writeStringField("reason", row.reason());
      for (var field : trace.fields().entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeFieldName("data");
      json.writeRawValue(row.payload());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UnpublishableRowException("cannot write the event as JSON: " + e.getMessage());
    }
    return out.toByteString();
  }
}
