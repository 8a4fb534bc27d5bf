package io.hyperfleet.outbox;

import io.hyperfleet.broker.Subscriptions;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Gives the statements of the relay their parameters, as variables of the exchange. */
public class OutboxLeases {

  private final OutboxProperties properties;
  private final boolean inOrder;
  private final Subscriptions subscriptions;

  OutboxLeases(OutboxProperties properties, boolean inOrder, Subscriptions subscriptions) {
    this.inOrder = inOrder;
    this.properties = properties;
    this.subscriptions = subscriptions;
  }

  /**
   * Whether events would be published now that the adapters of this process are still to get their subscriptions for.
   */
  public boolean wouldMissReceivers() {
    return subscriptions.areConnecting();
  }

  /**
   * Sets {@code lease}, {@code leaseMillis}, {@code batchSize} and {@code inOrder} (only the oldest row of a resource
   * may be claimed, so that no relay overtakes another): what one claim needs.
   */
  public void begin(Exchange exchange) {
    exchange.setVariable("lease", UUID.randomUUID().toString());
    exchange.setVariable("leaseMillis", properties.lease().toMillis());
    exchange.setVariable("inOrder", inOrder);
    exchange.setVariable("batchSize", properties.batchSize());
  }

  /** How long published rows are kept, in milliseconds. */
  public long retentionMillis() {
    return properties.retention().toMillis();
  }
}
