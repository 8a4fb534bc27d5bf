package io.hyperfleet.sentinel;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.PollFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Watches the Sentinel: when it last reached the API for each kind, and what became of the events it asked for. */
@Component("sentinelMonitor")
@ConditionalOnRole(Role.SENTINEL)
public class SentinelMonitor implements ReadinessCheck, PollFailures.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(SentinelMonitor.class);
  private static final Duration STALE = Duration.ofSeconds(30);
  private static final Duration COMPLAINTS = Duration.ofMinutes(1);
  private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
      Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
      Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10)};

  private final Clock clock = Clock.systemUTC();
  /** By the kind's plural; empty until the first poll that was answered. */
  private final Map<String, Optional<Instant>> lastPolls = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> pending = new ConcurrentHashMap<>();
  private final MeterRegistry meters;
  private final String selector;
  private final Leadership leadership;
  private volatile Instant nextComplaint = Instant.MIN;

  SentinelMonitor(MeterRegistry meters, SentinelProperties properties, Leadership leadership) {
    this.leadership = leadership;
    this.meters = meters;
    this.selector = ResourceSelector.of(properties.resourceSelector()).toString();
    meters.gauge("hyperfleet.sentinel.last.successful.poll.timestamp.seconds", this, SentinelMonitor::oldestPoll);
  }

  /** Declares that a kind is looked after. */
  void watch(String plural) {
    lastPolls.put(plural, Optional.empty());
  }

  /** Notes that the API answered; the body holds what gets an event. */
  public void polled(@Variable("plural") String plural, @Body List<?> due, Exchange exchange) {
    lastPolls.put(plural, Optional.of(clock.instant()));
    exchange.setVariable("due", due);
    pending.computeIfAbsent(plural, this::pendingGauge).set(due.size());
    Timer.builder("hyperfleet.sentinel.poll.duration").tags(tags(plural)).serviceLevelObjectives(BUCKETS)
        .register(meters).record(Duration.ofMillis(exchange.getClock().elapsed()));
  }

  /** Notes what became of the events that were asked for: the answer to POST /events, an item for each that was due. */
  public void answered(@Variable("plural") String plural, @Variable("due") List<Map<String, Object>> due,
      @Body Map<String, Object> answer) {
    var items = (List<?>) answer.get("items");
    for (int i = 0; i < items.size(); i++) {
      var result = (Map<?, ?>) items.get(i);
      if ("accepted".equals(result.get("status"))) {
        meters.counter("hyperfleet.sentinel.events.published", tags(plural).and("reason",
            tag(due.get(i).get("reason")))).increment();
      } else {
        meters.counter("hyperfleet.sentinel.resources.skipped", tags(plural).and("reason",
            tag(result.get("status")))).increment();
      }
      if ("rejected".equals(result.get("status"))) {
        LOG.warn("No event for {}: {}", result.get("aggregate_id"), result.get("error"));
      }
    }
  }

  /** Notes a resource that a decision of the operator gives no event; {@code failure} is null when it said so. */
  void skipped(String plural, String id, String failure) {
    meters.counter("hyperfleet.sentinel.resources.skipped", tags(plural).and("reason",
        failure == null ? "decision_false" : "decision_failed")).increment();
    var now = clock.instant();
    if (failure != null && now.isAfter(nextComplaint)) {
      nextComplaint = now.plus(COMPLAINTS);
      LOG.warn("No event for {} {}: {} (said once a minute; the metric has them all)", plural, id, failure);
    }
  }

  /** Counts a poll that failed. */
  @Override
  public void pollFailed(String route, Throwable cause) {
    if (route.startsWith(SentinelRoutes.PREFIX)) {
      meters.counter("hyperfleet.sentinel.api.errors", tags(route.substring(SentinelRoutes.PREFIX.length()))
          .and("error_type", errorType(cause))).increment();
    }
  }

  private static String errorType(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpOperationFailedException e && (e.getStatusCode() == 401 || e.getStatusCode() == 403)) {
        return "auth_error";
      }
      if (cause instanceof InterruptedIOException) {
        return "timeout";
      }
    }
    return "fetch_error";
  }

  /** Prometheus' labels are written with underscores, {@code not-ready-max-age} as {@code not_ready_max_age}. */
  private static String tag(Object word) {
    return String.valueOf(word).replace('-', '_');
  }

  private AtomicInteger pendingGauge(String plural) {
    return meters.gauge("hyperfleet.sentinel.pending.resources", tags(plural), new AtomicInteger());
  }

  @Override
  public String name() {
    return "sentinel_poll";
  }

  @Override
  public String check() {
    if (!leadership.isHeld()) {
      return OK;
    }
    for (var poll : new TreeMap<>(lastPolls).entrySet()) {
      if (poll.getValue().isEmpty()) {
        return "no successful poll of " + poll.getKey() + " completed yet";
      }
      var age = Duration.between(poll.getValue().get(), clock.instant());
      if (age.compareTo(STALE) >= 0) {
        return "the last successful poll of " + poll.getKey() + " was " + age.toSeconds() + " s ago";
      }
    }
    return OK;
  }

  private Tags tags(String plural) {
    return Tags.of("resource_type", plural, "resource_selector", selector);
  }

  private double oldestPoll() {
    return lastPolls.values().stream().mapToDouble(time -> time.map(Instant::getEpochSecond).orElse(0L)).min().orElse(Double.NaN);
  }
}
