package io.hyperfleet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/** When the exchanges of one route began and ended, and how much each of them did. */
final class RouteTimes extends EventNotifierSupport {

  /** The work of an exchange that is not to be counted as one. */
  static final int LEFT_OUT = -1;

  private final String routeId;
  private final ToIntFunction<Exchange> work;
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final List<Run> runs = new ArrayList<>();

  /** One exchange, in nanoseconds of {@link System#nanoTime}. */
  record Run(long begin, long end, int work) {}

  private RouteTimes(String routeId, ToIntFunction<Exchange> work) {
    this.routeId = routeId;
    this.work = work;
  }

  /** Looks at a route from now on. */
  static RouteTimes of(CamelContext camel, String routeId, ToIntFunction<Exchange> work) throws Exception {
    var times = new RouteTimes(routeId, work);
    times.setCamelContext(camel);
    times.start();
    camel.getManagementStrategy().addEventNotifier(times);
    return times;
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof ExchangeEvent exchange && routeId.equals(exchange.getExchange().getFromRouteId());
  }

  @Override
  public void notify(CamelEvent event) {
    var exchange = ((ExchangeEvent) event).getExchange();
    switch (event.getType()) {
      case ExchangeCreated -> begun.put(exchange.getExchangeId(), System.nanoTime());
      case ExchangeCompleted -> {
        long end = System.nanoTime();
        Long begin = begun.remove(exchange.getExchangeId());
        if (begin != null) {
          int done = work.applyAsInt(exchange);
          if (done != LEFT_OUT) {
            add(new Run(begin, end, done));
          }
        }
      }
      case ExchangeFailed -> throw new IllegalStateException(exchange.getException());
      default -> {
      }
    }
  }

  private synchronized void add(Run run) {
    runs.add(run);
  }

  /** Forgets what has been. */
  synchronized void clear() {
    runs.clear();
  }

  synchronized List<Run> runs() {
    return List.copyOf(runs);
  }

  /** What all exchanges did. */
  synchronized int work() {
    return runs.stream().mapToInt(Run::work).sum();
  }
}
