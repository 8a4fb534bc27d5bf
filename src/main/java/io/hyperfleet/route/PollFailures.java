package io.hyperfleet.route;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes polls that failed. A route that polls a hundred times a second would fill the log with one cause: each route says
 * it at once and then at most once a minute, with the number of failures; the counter has them all.
 */
public class PollFailures {

  private static final Logger LOG = LoggerFactory.getLogger(PollFailures.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<String, Said> routes = new ConcurrentHashMap<>();

  PollFailures(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** Counts the failure that the exchange carries, and logs it when the route has been silent for a minute. */
  public void failed(Exchange exchange) {
    var route = exchange.getFromRouteId();
    var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    meters.counter("hyperfleet.poll.failures", "route", route).increment();
    var now = clock.instant();
    routes.compute(route, (key, said) -> {
      if (said != null && now.isBefore(said.time().plus(PAUSE))) {
        return new Said(said.time(), said.unsaid() + 1);
      }
      LOG.warn("{} failed, trying again: {} ({} failures since this was last said)", route, cause.toString(),
          said == null ? 0 : said.unsaid());
      return new Said(now, 0);
    });
  }

  private record Said(Instant time, long unsaid) {}
}
