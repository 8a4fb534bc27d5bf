package io.hyperfleet.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A new event for the outbox.
 *
 * @param eventId UUIDv7; becomes the CloudEvent's id
 * @param aggregateType kind of the resource, such as {@code Cluster}
 * @param eventType CloudEvents type
 * @param generation the resource's generation
 * @param payload the CloudEvent's data
 */
public record OutboxEntry(
    UUID eventId,
    String aggregateType,
    String aggregateId,
    String eventType,
    int generation,
    String reason,
    Source source,
    JsonNode payload) {

  /** What caused an event. */
  public enum Source {
    /** A write of a user. */
    WRITE("write"),
    /** A report of an adapter. */
    PROGRESS("progress"),
    /** The schedule, through the Sentinel. */
    SENTINEL("sentinel"),
    /** A person or a tool that posted it. */
    MANUAL("manual");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    /** The source as the table holds it. */
    public String word() {
      return word;
    }
  }
}
