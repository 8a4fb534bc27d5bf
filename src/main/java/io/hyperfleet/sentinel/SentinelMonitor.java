package io.hyperfleet.sentinel;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Watches the Sentinel: when it last reached the API for each kind, and what became of the events it asked for. */
@Component("sentinelMonitor")
@ConditionalOnRole(Role.SENTINEL)
public class SentinelMonitor implements ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SentinelMonitor.class);
  private static final Duration STALE = Duration.ofSeconds(30);

  private final Clock clock = Clock.systemUTC();
  /** By the kind's plural; empty until the first poll that was answered. */
  private final Map<String, Optional<Instant>> lastPolls = new ConcurrentHashMap<>();
  private final MeterRegistry meters;

  SentinelMonitor(MeterRegistry meters) {
    this.meters = meters;
    meters.gauge("hyperfleet.sentinel.last.successful.poll.timestamp.seconds", this, SentinelMonitor::oldestPoll);
  }

  /** Declares that a kind is looked after. */
  void watch(String plural) {
    lastPolls.put(plural, Optional.empty());
  }

  /** Notes that the API answered what is due. */
  public void polled(@Variable("plural") String plural) {
    lastPolls.put(plural, Optional.of(clock.instant()));
  }

  /** Notes what became of the events that were asked for: the answer to POST /events, item by item. */
  public void answered(@Variable("plural") String plural, @Body Map<String, Object> answer) {
    if (answer.get("items") instanceof List<?> items) {
      for (Object item : items) {
        var result = (Map<?, ?>) item;
        meters.counter("hyperfleet.sentinel.events", "resource_type", plural, "status",
            String.valueOf(result.get("status"))).increment();
        if ("rejected".equals(result.get("status"))) {
          LOG.warn("No event for {}: {}", result.get("aggregate_id"), result.get("error"));
        }
      }
    }
  }

  @Override
  public String name() {
    return "sentinel_poll";
  }

  @Override
  public String check() {
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

  private double oldestPoll() {
    return lastPolls.values().stream().mapToDouble(time -> time.map(Instant::getEpochSecond).orElse(0L)).min().orElse(Double.NaN);
  }
}
