package io.hyperfleet.route;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/**
 * Stops polling once Camel stops. A greedy scheduler treats a rejected poll, as in a forced shutdown, like a full
 * batch, and would poll again without a pause until the process ends.
 */
public class PollWhileRunning extends DefaultPollingConsumerPollStrategy {

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return !endpoint.getCamelContext().isStopping() && !endpoint.getCamelContext().isStopped();
  }
}
