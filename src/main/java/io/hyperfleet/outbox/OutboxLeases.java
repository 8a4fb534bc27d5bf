package io.hyperfleet.outbox;

import java.util.UUID;
import org.apache.camel.Exchange;

/** Sets the parameters of the relay's statements as variables of the exchange. */
public class OutboxLeases {

  private final OutboxProperties properties;
  private final boolean inOrder;

  OutboxLeases(OutboxProperties properties, boolean inOrder) {
    this.inOrder = inOrder;
    this.properties = properties;
  }

  /**
   * Sets {@code lease}, {@code leaseMillis}, {@code batchSize} and {@code inOrder} (only the oldest row of a resource
   * may be claimed, so that no relay overtakes another), for one claim.
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
