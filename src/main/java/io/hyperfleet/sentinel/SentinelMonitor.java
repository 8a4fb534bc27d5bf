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
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Watches the Sentinel: when it last reached the API, and how many events it asked for. */
@Component("sentinelMonitor")
@ConditionalOnRole(Role.SENTINEL)
public class SentinelMonitor implements ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SentinelMonitor.class);
  private static final Duration STALE = Duration.ofSeconds(30);

  private final Clock clock = Clock.systemUTC();
  private final AtomicReference<Instant> lastPoll = new AtomicReference<>();
  private final MeterRegistry meters;

  SentinelMonitor(MeterRegistry meters) {
    this.meters = meters;
    meters.gauge("hyperfleet.sentinel.last.successful.poll.timestamp.seconds", lastPoll,
        time -> time.get() == null ? Double.NaN : time.get().getEpochSecond());
  }

  /** Notes that the API answered what is due. */
  public void polled() {
    lastPoll.set(clock.instant());
  }

  /** Notes what became of the events that were asked for: the answer to POST /events, item by item. */
  public void answered(@Body Map<String, Object> answer) {
    if (answer.get("items") instanceof List<?> items) {
      for (Object item : items) {
        var result = (Map<?, ?>) item;
        meters.counter("hyperfleet.sentinel.events", "status", String.valueOf(result.get("status"))).increment();
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
    var last = lastPoll.get();
    if (last == null) {
      return "no successful poll completed yet";
    }
    var age = Duration.between(last, clock.instant());
    return age.compareTo(STALE) < 0 ? OK : "the last successful poll was " + age.toSeconds() + " s ago";
  }
}
