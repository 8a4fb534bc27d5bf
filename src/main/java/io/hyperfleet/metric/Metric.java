package io.hyperfleet.metric;

import static io.hyperfleet.metric.MetricType.COUNTER;
import static io.hyperfleet.metric.MetricType.GAUGE;
import static io.hyperfleet.metric.MetricType.HISTOGRAM;
import static io.hyperfleet.metric.MetricType.INFO;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Every metric with its tags, under the names of the API's, events' and adapters' contracts; those of GitOps begin with
 * {@code hyperfleet.gitops.} and stand with it. {@link MetricTags} adds {@code component} and {@code version}. No tag
 * ever holds an id. Durations are in seconds.
 */
public enum Metric {

  API_BUILD_INFO(INFO, "api.build", "The release of the API", "component", "commit", "java_version"), API_REQUESTS(
      COUNTER, "api.requests", "Answered requests; path is the route with a - for each variable", "method", "path",
      "code"), API_REQUEST_DURATION(HISTOGRAM, "api.request.duration", "Time to answer a request", "method", "path",
          "code"), API_RECONCILIATION_STARTED(COUNTER, "api.reconciliation.started",
              "Creates, changes of the generation and deletions",
              "resource_type", "is_delete"), API_PENDING(GAUGE, "api.resource.pending.reconciliation",
                  "Resources that are not Reconciled", "resource_type", "is_delete"), API_STUCK(GAUGE,
                      "api.resource.pending.reconciliation.stuck",
                      "Resources that have not been Reconciled for too long",
                      "resource_type", "is_delete"), API_STUCK_DURATION(GAUGE,
                          "api.resource.pending.reconciliation.stuck.duration.seconds",
                          "Longest time that a stuck resource has not been Reconciled", "resource_type",
                          "is_delete"), API_UNHEALTHY(GAUGE, "api.resource.adapter.unhealthy",
                              "Resources about which an adapter last reported Health=False",
                              "resource_type", "adapter_name"), API_UNANSWERED(GAUGE, "api.adapter.unanswered.seconds",
                                  "Age of the oldest event that an adapter has not answered",
                                  "adapter_name"), API_ROLLOUT_HALTED(GAUGE, "api.rollout.halted",
                                      "1 while the rollout of an adapter's revision has halted, 0 while it goes on",
                                      "adapter_name"), API_ROLLOUT_WAVE(GAUGE, "api.rollout.wave",
                                          "The wave of an adapter's rollout that has moved last, from 1",
                                          "adapter_name"),

  DB_QUERY_DURATION(HISTOGRAM, "db.query.duration", "Time of a statement, or of several that are sent together",
      "operation", "table"), DB_ERRORS(COUNTER,
          "db.errors", "Statements, commits and connections that failed", "operation",
          "error_type"), DB_CONNECTIONS_OPEN(
              GAUGE, "db.connections.open", "Connections of the pool"), DB_CONNECTIONS_IN_USE(GAUGE,
                  "db.connections.in.use", "Connections of the pool that are in use"),

  OUTBOX_PENDING(GAUGE, "outbox.pending", "Events that wait for the broker"), OUTBOX_OLDEST_PENDING(GAUGE,
      "outbox.oldest.pending.seconds", "How long the oldest event has waited for the broker"), OUTBOX_DEAD_ROWS(GAUGE,
          "outbox.dead.rows", "Events that can never be published"), OUTBOX_PUBLISHED(COUNTER, "outbox.published",
              "Events that the broker has", "event_type", "source"), OUTBOX_PUBLISH_ERRORS(COUNTER,
                  "outbox.publish.errors", "Attempts to publish that failed", "error_type"), OUTBOX_DEAD(COUNTER,
                      "outbox.dead", "Events that were given up"), OUTBOX_PUBLISH_DURATION(HISTOGRAM,
                          "outbox.publish.duration",
                          "Time until the broker has a batch"), OUTBOX_COMMIT_TO_PUBLISH(HISTOGRAM,
                              "outbox.commit.to.publish", "Time from the commit until the broker has an event"),

  SENTINEL_BUILD_INFO(INFO, "sentinel.build", "The release of the Sentinel", "component", "commit"), SENTINEL_UP(GAUGE,
      "sentinel.up", "1 while the Sentinel runs, 0 while it stops", "component"), SENTINEL_PENDING(GAUGE,
          "sentinel.pending.resources", "What gets an event at the last look", "resource_type",
          "resource_selector"), SENTINEL_EVENTS(COUNTER, "sentinel.events.published", "Events that the API took",
              "resource_type", "resource_selector", "reason"), SENTINEL_SKIPPED(COUNTER, "sentinel.resources.skipped",
                  "Resources that got no event",
                  "resource_type", "resource_selector", "reason"), SENTINEL_POLL_DURATION(HISTOGRAM,
                      "sentinel.poll.duration", "Time of a look", "resource_type",
                      "resource_selector"), SENTINEL_API_ERRORS(COUNTER, "sentinel.api.errors", "Looks that failed",
                          "resource_type", "resource_selector", "error_type"), SENTINEL_BROKER_ERRORS(COUNTER,
                              "sentinel.broker.errors", "Requests for events that failed",
                              "resource_type", "resource_selector", "error_type"), SENTINEL_LAST_POLL(GAUGE,
                                  "sentinel.last.successful.poll.timestamp.seconds",
                                  "When the API answered last, in Unix time"),

  BROKER_PUBLISHED(COUNTER, "broker.messages.published", "Messages that the broker has", "component",
      "topic"), BROKER_CONSUMED(COUNTER, "broker.messages.consumed", "Messages that were handled", "component",
          "topic"), BROKER_ERRORS(COUNTER, "broker.errors",
              "Messages that could not be made, read, handled or published",
              "component", "topic", "error_type"), BROKER_MESSAGE_DURATION(HISTOGRAM, "broker.message.duration",
                  "Time to handle a message", "component", "topic"),

  ADAPTER_BUILD_INFO(INFO, "adapter.build", "The release that an adapter runs in", "component", "commit"), ADAPTER_UP(
      GAUGE, "adapter.up", "1 while an adapter runs, 0 while it stops", "component"), ADAPTER_EVENTS(COUNTER,
          "adapter.events.processed", "What became of events", "adapter_name",
          "status"), ADAPTER_EVENT_DURATION(HISTOGRAM, "adapter.event.processing.duration", "Time to handle an event",
              "adapter_name"), ADAPTER_ERRORS(COUNTER, "adapter.errors",
                  "What went wrong in which part of handling an event", "adapter_name", "error_type"), ADAPTER_DELETED(
                      COUNTER, "adapter.resources.deleted", "Objects that Kubernetes was asked to delete",
                      "adapter_name", "resource_type", "status"), ADAPTER_DELETION_DURATION(HISTOGRAM,
                          "adapter.resource.deletion.duration", "Time of a request to delete an object",
                          "adapter_name", "resource_type"), ADAPTER_DELETIONS(GAUGE,
                              "adapter.resource.deletions.in.progress",
                              "Requests to delete objects that are not answered yet",
                              "adapter_name", "resource_type"), ADAPTER_DEFINITIONS_BROKEN(GAUGE,
                                  "adapter.definitions.broken",
                                  "Adapter folders that cannot be used as they are, and adapters that cannot run"),

  POLL_FAILURES(COUNTER, "poll.failures", "Polls of a route that failed", "route");

  private static final String PREFIX = "hyperfleet.";

  private final MetricType type;
  private final String meter;
  private final String description;
  private final List<String> tags;

  Metric(MetricType type, String name, String description, String... tags) {
    this.type = type;
    this.meter = PREFIX + name;
    this.description = description;
    this.tags = List.of(tags);
  }

  public MetricType type() {
    return type;
  }

  /** The name as Micrometer has it, such as {@code hyperfleet.outbox.dead}. */
  public String meter() {
    return meter;
  }

  /** The name as Prometheus has it, such as {@code hyperfleet_outbox_dead_total}. */
  public String prometheusName() {
    return meter.replace('.', '_') + type.suffix();
  }

  public String description() {
    return description;
  }

  /** The keys of its tags, without {@code version} and, where its name tells, {@code component}. */
  public List<String> tags() {
    return tags;
  }

  /** The counter for values of the tags, in their order; from then on it shows in {@code /metrics}. */
  public Counter counter(MeterRegistry meters, String... values) {
    return Counter.builder(meter).description(description).tags(tagsWith(values)).register(meters);
  }

  /** The histogram for values of the tags, in their order. */
  public Timer timer(MeterRegistry meters, String... values) {
    return Timer.builder(meter).description(description).serviceLevelObjectives(Buckets.of(this)).tags(tagsWith(values))
        .register(meters);
  }

  /** A gauge that asks an object, which somebody else has to keep. */
  public <T> void gauge(MeterRegistry meters, T object, ToDoubleFunction<T> value, String... values) {
    Gauge.builder(meter, object, value).description(description).tags(tagsWith(values)).register(meters);
  }

  private Tags tagsWith(String... values) {
    if (values.length != tags.size()) {
      throw new IllegalArgumentException(meter + " has the tags " + tags);
    }
    var all = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      all = all.and(tags.get(i), values[i]);
    }
    return all;
  }
}
