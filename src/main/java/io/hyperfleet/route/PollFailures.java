package io.hyperfleet.route;

import io.hyperfleet.metric.Metric;
import io.hyperfleet.operation.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records failed polls, and slows down their route: 1 s after the first failure, up to 10 s while they continue. Each
 * route logs a failure at once and then at most once a minute, with the number of failures; the counter has all.
 */
public class PollFailures {

  private static final Logger LOG = LoggerFactory.getLogger(PollFailures.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  /** A failure of a poll that began this soon after a pause has the cause of the one before. */
  private static final Duration IN_A_ROW = Duration.ofSeconds(2);

  private static final long STOP_CHECK_MILLIS = 100;

  private final MeterRegistry meters;
  private final Clock clock;
  private final Supplier<Stream<Listener>> listeners;
  private final Map<String, Said> routes = new ConcurrentHashMap<>();
  private final Map<String, Streak> streaks = new ConcurrentHashMap<>();

  /** Wants to know of each failure. */
  public interface Listener {

    /** A poll of a route failed; the exchange is as far as it came. */
    void pollFailed(String route, Exchange exchange, Throwable cause);
  }

  PollFailures(MeterRegistry meters, Clock clock, Supplier<Stream<Listener>> listeners) {
    this.listeners = listeners;
    this.meters = meters;
    this.clock = clock;
  }

  /** Counts the failure that the exchange carries, and logs it when the route has been silent for a minute. */
  public void failed(Exchange exchange) {
    var route = exchange.getFromRouteId();
    var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Metric.POLL_FAILURES.counter(meters, route).increment();
    listeners.get().forEach(listener -> listener.pollFailed(route, exchange, cause));
    var now = clock.instant();
    routes.compute(route, (key, said) -> {
      if (said != null && now.isBefore(said.time().plus(SILENCE))) {
        return new Said(said.time(), said.unsaid() + 1);
      }
      LOG.warn("{} failed, trying again: {} ({} failures since last logged)", route, cause.toString(),
          said == null ? 0 : said.unsaid());
      return new Said(now, 0);
    });
  }

  /** Keeps the route from polling again for as long as its failures in a row demand; ends at once when Camel stops. */
  public void pause(Exchange exchange) throws InterruptedException {
    var began = Instant.ofEpochMilli(exchange.getClock().getCreated());
    var until = streaks.merge(exchange.getFromRouteId(), Streak.first(clock.instant()),
        (before, first) -> before.next(began, first)).until();
    while (clock.instant().isBefore(until) && !exchange.getContext().isStopping()) {
      Thread.sleep(STOP_CHECK_MILLIS);
    }
  }

  private record Said(Instant time, long unsaid) {}

  /** Failures in a row, and the end of the pause after the last one. */
  record Streak(int failures, Instant until) {

    static Streak first(Instant now) {
      return new Streak(1, now.plus(BACKOFF.after(1)));
    }

    /** This streak with one more failure, of a poll that began then; or the {@code first} of a new one. */
    Streak next(Instant began, Streak first) {
      var now = first.until().minus(BACKOFF.after(1));
      return began.isAfter(until.plus(IN_A_ROW))
          ? first
          : new Streak(failures + 1, now.plus(BACKOFF.after(failures + 1)));
    }
  }
}
