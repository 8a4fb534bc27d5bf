package io.hyperfleet.route;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/**
 * No more polls once Camel stops. A scheduler that polls again at once after a full batch takes a poll that is refused,
 * as all are in a shutdown that is forced, for a full batch, and would ask again without a pause until the process
 * ends.
 */
public class PollWhileRunning extends DefaultPollingConsumerPollStrategy {

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return !endpoint.getCamelContext().isStopping() && !endpoint.getCamelContext().isStopped();
  }
}
