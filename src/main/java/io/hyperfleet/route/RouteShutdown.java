package io.hyperfleet.route;

import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Stops the routes, and waits for what they have in work, before the web server stops: in a process that has the API
 * and its clients, what an adapter has done would else find nobody to report it to. Camel alone stops after the web
 * server.
 */
@Component
class RouteShutdown implements SmartLifecycle {

  /** Not the context itself: what this one depends on would be started before the routes are there. */
  private final ObjectProvider<CamelContext> camel;
  private volatile boolean running;

  RouteShutdown(ObjectProvider<CamelContext> camel) {
    this.camel = camel;
  }

  @Override
  public void start() {
    running = true;
  }

  /** Takes {@code camel.main.shutdown-timeout} at most. */
  @Override
  public void stop() {
    running = false;
    camel.ifAvailable(CamelContext::stop);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The highest one is the first to stop. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
