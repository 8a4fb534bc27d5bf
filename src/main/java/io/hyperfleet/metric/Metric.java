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
 * Every metric with its tags, except those of GitOps, which begin with {@code hyperfleet.gitops.} and are defined
 * there. {@link MetricTags} adds {@code component} and {@code version}. Tags never contain ids. Durations are in
 * seconds.
 */
public enum Metric {

  API_BUILD_INFO(INFO, "api.build", "The release of the API", "component", "commit", "java_version"), API_REQUESTS(
      COUNTER, "api.requests", "Requests answered; path is the route with - for each variable", "method", "path",
      "code"), API_REQUEST_DURATION(HISTOGRAM, "api.request.duration", "Request duration", "method", "path",
          "code"), API_RECONCILIATION_STARTED(COUNTER, "api.reconciliation.started",
              "Resources created, changed (generation) and deleted",
              "resource_type", "is_delete"), API_PENDING(GAUGE, "api.resource.pending.reconciliation",
                  "Resources that are not Reconciled", "resource_type", "is_delete"), API_STUCK(GAUGE,
                      "api.resource.pending.reconciliation.stuck",
                      "Resources that have not been Reconciled for too long",
                      "resource_type", "is_delete"), API_STUCK_DURATION(GAUGE,
                          "api.resource.pending.reconciliation.stuck.duration.seconds",
                          "Longest time that a stuck resource has not been Reconciled", "resource_type",
                          "is_delete"), API_UNHEALTHY(GAUGE, "api.resource.adapter.unhealthy",
                              "Resources whose last report from an adapter has Health=False",
                              "resource_type", "adapter_name"), API_UNANSWERED(GAUGE, "api.adapter.unanswered.seconds",
                                  "Age of the oldest event that an adapter has not answered",
                                  "adapter_name"), API_ROLLOUT_HALTED(GAUGE, "api.rollout.halted",
                                      "1 while the rollout of an adapter's revision has halted, 0 while it goes on",
                                      "adapter_name"), API_ROLLOUT_WAVE(GAUGE, "api.rollout.wave",
                                          "The wave of an adapter's rollout that has moved last, from 1",
                                          "adapter_name"),

  DB_QUERY_DURATION(HISTOGRAM, "db.query.duration", "Duration of a statement or a batch of statements",
      "operation", "table"), DB_ERRORS(COUNTER,
          "db.errors", "Failed statements, commits and connections", "operation",
          "error_type"), DB_CONNECTIONS_OPEN(
              GAUGE, "db.connections.open", "Connections of the pool"), DB_CONNECTIONS_IN_USE(GAUGE,
                  "db.connections.in.use", "Connections of the pool in use"),

  OUTBOX_PENDING(GAUGE, "outbox.pending", "Events not yet published"), OUTBOX_OLDEST_PENDING(GAUGE,
      "outbox.oldest.pending.seconds", "Age of the oldest event not yet published"), OUTBOX_DEAD_ROWS(GAUGE,
          "outbox.dead.rows", "Dead events, which cannot be published"), OUTBOX_PUBLISHED(COUNTER, "outbox.published",
              "Events published", "event_type", "source"), OUTBOX_PUBLISH_ERRORS(COUNTER,
                  "outbox.publish.errors", "Failed attempts to publish", "error_type"), OUTBOX_DEAD(COUNTER,
                      "outbox.dead", "Events that became dead"), OUTBOX_PUBLISH_DURATION(HISTOGRAM,
                          "outbox.publish.duration",
                          "Time to publish a batch"), OUTBOX_COMMIT_TO_PUBLISH(HISTOGRAM,
                              "outbox.commit.to.publish", "Time from the commit until an event is published"),

  SENTINEL_BUILD_INFO(INFO, "sentinel.build", "The release of the Sentinel", "component", "commit"), SENTINEL_UP(GAUGE,
      "sentinel.up", "1 while the Sentinel runs, 0 while it stops", "component"), SENTINEL_PENDING(GAUGE,
          "sentinel.pending.resources", "Resources selected in the last poll", "resource_type",
          "resource_selector"), SENTINEL_EVENTS(COUNTER, "sentinel.events.published", "Events accepted by the API",
              "resource_type", "resource_selector", "reason"), SENTINEL_SKIPPED(COUNTER, "sentinel.resources.skipped",
                  "Resources for which no event was created",
                  "resource_type", "resource_selector", "reason"), SENTINEL_POLL_DURATION(HISTOGRAM,
                      "sentinel.poll.duration", "Duration of a poll", "resource_type",
                      "resource_selector"), SENTINEL_API_ERRORS(COUNTER, "sentinel.api.errors", "Failed polls",
                          "resource_type", "resource_selector", "error_type"), SENTINEL_BROKER_ERRORS(COUNTER,
                              "sentinel.broker.errors", "Failed requests for events",
                              "resource_type", "resource_selector", "error_type"), SENTINEL_LAST_POLL(GAUGE,
                                  "sentinel.last.successful.poll.timestamp.seconds",
                                  "Unix time of the API's last response"),

  BROKER_PUBLISHED(COUNTER, "broker.messages.published", "Messages published", "component",
      "topic"), BROKER_CONSUMED(COUNTER, "broker.messages.consumed", "Messages handled", "component",
          "topic"), BROKER_ERRORS(COUNTER, "broker.errors",
              "Messages that could not be created, decoded, handled or published",
              "component", "topic", "error_type"), BROKER_MESSAGE_DURATION(HISTOGRAM, "broker.message.duration",
                  "Time to handle a message", "component", "topic"),

  ADAPTER_BUILD_INFO(INFO, "adapter.build", "Release of the process that runs an adapter", "component",
      "commit"), ADAPTER_UP(
          GAUGE, "adapter.up", "1 while an adapter runs, 0 while it stops", "component"), ADAPTER_EVENTS(COUNTER,
              "adapter.events.processed", "Events handled, by outcome", "adapter_name",
              "status"), ADAPTER_EVENT_DURATION(HISTOGRAM, "adapter.event.processing.duration",
                  "Time to handle an event",
                  "adapter_name"), ADAPTER_ERRORS(COUNTER, "adapter.errors",
                      "Errors in handling events, by part", "adapter_name", "error_type"), ADAPTER_DELETED(
                          COUNTER, "adapter.resources.deleted", "Deletions of objects requested from Kubernetes",
                          "adapter_name", "resource_type", "status"), ADAPTER_DELETION_DURATION(HISTOGRAM,
                              "adapter.resource.deletion.duration", "Duration of a request to delete an object",
                              "adapter_name", "resource_type"), ADAPTER_DELETIONS(GAUGE,
                                  "adapter.resource.deletions.in.progress",
                                  "Requests to delete objects in flight",
                                  "adapter_name", "resource_type"), ADAPTER_DEFINITIONS_BROKEN(GAUGE,
                                      "adapter.definitions.broken",
                                      "Adapter folders that cannot be loaded, and adapters that cannot run"),

  POLL_FAILURES(COUNTER, "poll.failures", "Failed polls of a route", "route");

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

  /** The keys of its tags, without {@code version} and, if its name implies it, {@code component}. */
  public List<String> tags() {
    return tags;
  }

  /** The counter for tag values, in order; registers it, so that it appears in {@code /metrics}. */
  public Counter counter(MeterRegistry meters, String... values) {
    return Counter.builder(meter).description(description).tags(tagsWith(values)).register(meters);
  }

  /** The histogram for values of the tags, in their order. */
  public Timer timer(MeterRegistry meters, String... values) {
    return Timer.builder(meter).description(description).serviceLevelObjectives(Buckets.of(this)).tags(tagsWith(values))
        .register(meters);
  }

  /** A gauge of an object, to which the caller keeps a strong reference. */
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
