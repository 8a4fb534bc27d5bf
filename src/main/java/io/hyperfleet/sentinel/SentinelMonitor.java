package io.hyperfleet.sentinel;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.log.FailureMessage;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.PollFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Metrics and readiness of the Sentinel: the last successful poll per kind, and results of requested events. */
@Component("sentinelMonitor")
@ConditionalOnRole(Role.SENTINEL)
public class SentinelMonitor implements ReadinessCheck, PollFailures.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(SentinelMonitor.class);
  private static final Duration STALE = Duration.ofSeconds(30);
  private static final String AUTH_ERROR = "auth_error";
  private static final String CONNECTION_ERROR = "connection_error";
  private static final String FETCH_ERROR = "fetch_error";
  private static final String PUBLISH_ERROR = "publish_error";
  private static final String TIMEOUT = "timeout";
  private static final Duration COMPLAINTS = Duration.ofMinutes(1);

  private final Clock clock = Clock.systemUTC();
  /** By the kind's plural; empty until the first poll that was answered. */
  private final Map<String, Optional<Instant>> lastPolls = new ConcurrentHashMap<>();
  private final Map<String, Ticks> ticks = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> pending = new ConcurrentHashMap<>();
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final MeterRegistry meters;
  private final String selector;
  private final Leadership leadership;
  private volatile Instant nextComplaint = Instant.MIN;

  SentinelMonitor(MeterRegistry meters, SentinelProperties properties,
      @Qualifier(SentinelConfiguration.LEADERSHIP) Leadership leadership) {
    this.leadership = leadership;
    this.meters = meters;
    this.selector = ResourceSelector.of(properties.resourceSelector()).toString();
    Metric.SENTINEL_LAST_POLL.gauge(meters, this, SentinelMonitor::oldestPoll);
  }

  /** Declares that a kind is polled. */
  void watch(String plural) {
    lastPolls.put(plural, Optional.empty());
    pending.put(plural, new AtomicInteger());
    Metric.SENTINEL_PENDING.gauge(meters, pending.get(plural), AtomicInteger::get, plural, selector);
    durations.put(plural, Metric.SENTINEL_POLL_DURATION.timer(meters, plural, selector));
    List.of(FETCH_ERROR, TIMEOUT, AUTH_ERROR)
        .forEach(type -> Metric.SENTINEL_API_ERRORS.counter(meters, plural, selector, type));
    List.of(PUBLISH_ERROR, CONNECTION_ERROR, TIMEOUT)
        .forEach(type -> Metric.SENTINEL_BROKER_ERRORS.counter(meters, plural, selector, type));
    Metric.SENTINEL_SKIPPED.counter(meters, plural, selector, "coalesced");
  }

  /** Records that the API answered; the body has the resources that get an event. */
  public void polled(@Variable("plural") String plural, @Body List<?> due, Exchange exchange) {
    lastPolls.put(plural, Optional.of(clock.instant()));
    ticks.merge(plural, Ticks.FIRST, (before, first) -> before.another());
    exchange.setVariable("due", due);
    pending.get(plural).set(due.size());
    durations.get(plural).record(Duration.ofMillis(exchange.getClock().elapsed()));
  }

  /** Records the outcomes of requested events: the response to POST /events, with an item per due resource. */
  public void answered(@Variable("plural") String plural, @Variable("due") List<Map<String, Object>> due,
      @Body Map<String, Object> answer) {
    var items = (List<?>) answer.get("items");
    for (int i = 0; i < items.size(); i++) {
      var result = (Map<?, ?>) items.get(i);
      if ("accepted".equals(result.get("status"))) {
        Metric.SENTINEL_EVENTS.counter(meters, plural, selector, tag(due.get(i).get("reason"))).increment();
      } else {
        Metric.SENTINEL_SKIPPED.counter(meters, plural, selector, tag(result.get("status"))).increment();
      }
      if ("rejected".equals(result.get("status"))) {
        LOG.warn("No event for {}: {}", result.get("aggregate_id"), result.get("error"));
      }
    }
  }

  /** Notes a resource that a decision of the operator gives no event; {@code failure} is null when it said so. */
  void skipped(String plural, String id, String failure) {
    Metric.SENTINEL_SKIPPED.counter(meters, plural, selector, failure == null ? "decision_false" : "decision_failed")
        .increment();
    var now = clock.instant();
    if (failure != null && now.isAfter(nextComplaint)) {
      nextComplaint = now.plus(COMPLAINTS);
      LOG.warn("No event for {} {}: {} (logged at most once a minute; the metric counts all)", plural, id, failure);
    }
  }

  /** Counts a failed poll: the query itself, or the request for events that followed it. */
  @Override
  public void pollFailed(String route, Exchange exchange, Throwable failure) {
    if (route.startsWith(SentinelRoutes.PREFIX)) {
      var plural = exchange.getVariable("plural") instanceof String kind
          ? kind
          : route.substring(SentinelRoutes.PREFIX.length());
      var asked = exchange.getVariable("due") != null;
      if (asked) {
        ticks.computeIfPresent(plural, (key, before) -> before.failed(clock.instant(), failure));
      }
      (asked ? Metric.SENTINEL_BROKER_ERRORS : Metric.SENTINEL_API_ERRORS)
          .counter(meters, plural, selector, asked ? askingFailed(failure) : lookingFailed(failure)).increment();
    }
  }

  /**
   * Outcomes of the ticks of a kind after their poll: a failure is known before the next poll.
   *
   * @param completed whether one went well to its end
   * @param failed whether the last poll has failed
   * @param since when the first one failed of those that failed one after the other, or null
   * @param why the last failure
   */
  private record Ticks(boolean completed, boolean failed, Instant since, String why) {

    static final Ticks FIRST = new Ticks(false, false, null, "");

    Ticks another() {
      return failed ? new Ticks(completed, false, since, why) : new Ticks(true, false, null, "");
    }

    Ticks failed(Instant now, Throwable failure) {
      return new Ticks(completed, true, since == null ? now : since, FailureMessage.of(failure));
    }

    /** What fails, where no tick went well, or none for long. */
    Optional<String> failing(Instant now) {
      boolean tell = since != null && (!completed || Duration.between(since, now).compareTo(STALE) >= 0);
      return tell ? Optional.of(why) : Optional.empty();
    }
  }

  private static String lookingFailed(Throwable failure) {
    return find(failure, HttpOperationFailedException.class).filter(e -> Set.of(401, 403).contains(e.getStatusCode()))
        .isPresent()
            ? AUTH_ERROR
            : find(failure, InterruptedIOException.class).isPresent() ? TIMEOUT : FETCH_ERROR;
  }

  private static String askingFailed(Throwable failure) {
    return find(failure, InterruptedIOException.class).isPresent()
        ? TIMEOUT
        : find(failure, IOException.class).isPresent() ? CONNECTION_ERROR : PUBLISH_ERROR;
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).filter(type::isInstance).map(type::cast)
        .findFirst();
  }

  /** Prometheus' labels are written with underscores, {@code not-ready-max-age} as {@code not_ready_max_age}. */
  private static String tag(Object word) {
    return String.valueOf(word).replace('-', '_');
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
      var failing = ticks.getOrDefault(poll.getKey(), Ticks.FIRST).failing(clock.instant());
      if (failing.isPresent()) {
        return "due " + poll.getKey() + " are listed, but requests for events fail: " + failing.get();
      }
    }
    return OK;
  }

  private double oldestPoll() {
    return lastPolls.values().stream().mapToDouble(time -> time.map(Instant::getEpochSecond).orElse(0L)).min()
        .orElse(Double.NaN);
  }
}
