package io.hyperfleet.route;

import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Stops the routes, and waits for exchanges in progress, before the web server stops: otherwise, in a process with the
 * API and its clients, adapters could not send their last reports. Camel alone stops after the web server.
 */
@Component
class RouteShutdown implements SmartLifecycle {

  /** Not the context itself: dependencies of this bean would be started before the routes exist. */
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
