package io.hyperfleet.outbox;

import java.util.UUID;
import org.apache.camel.Exchange;

/** Gives the statements of the relay their parameters, as variables of the exchange. */
public class OutboxLeases {

  private final OutboxProperties properties;

  OutboxLeases(OutboxProperties properties) {
    this.properties = properties;
  }

  /** Sets {@code lease}, {@code leaseMillis} and {@code batchSize}: what one claim needs. */
  public void begin(Exchange exchange) {
    exchange.setVariable("lease", UUID.randomUUID().toString());
    exchange.setVariable("leaseMillis", properties.lease().toMillis());
    exchange.setVariable("batchSize", properties.batchSize());
  }

  /** How long published rows are kept, in milliseconds. */
  public long retentionMillis() {
    return properties.retention().toMillis();
  }
}
