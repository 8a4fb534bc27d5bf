package io.hyperfleet.outbox;

import org.apache.camel.ProducerTemplate;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Wakes the relay of this process when a transaction that wrote outbox rows has committed. */
class OutboxWakeUp {

  private static final String ENDPOINT = "seda:outbox-wake?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

  private final ProducerTemplate camel;

  OutboxWakeUp(ProducerTemplate camel) {
    this.camel = camel;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void committed(OutboxRowsWritten written) {
    // A full queue means that a wake-up is already pending, which is enough. During its start Camel polls anyway.
    if (camel.getCamelContext().isStarted()) {
      camel.sendBody(ENDPOINT, "");
    }
  }
}
