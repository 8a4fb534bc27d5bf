package io.hyperfleet.broker;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.trace.TraceContext;
import io.hyperfleet.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;

/** Dispatches messages of a subscription, counted, timed and as part of their trace. */
final class MessageDispatcher {

  private final MeterRegistry meters;
  private final Tracing tracing;

  MessageDispatcher(MeterRegistry meters, Tracing tracing) {
    this.meters = meters;
    this.tracing = tracing;
  }

  /** Registers the meters at zero. */
  MessageReceiver observed(MessageReceiver receiver, String subscription, Subscriptions.Consumed consumed) {
    for (String type : new String[]{"conversion", "handler"}) {
      Metric.BROKER_ERRORS.counter(meters, consumed.consumer(), consumed.topic(), type);
    }
    var count = Metric.BROKER_CONSUMED.counter(meters, consumed.consumer(), consumed.topic());
    var time = Metric.BROKER_MESSAGE_DURATION.timer(meters, consumed.consumer(), consumed.topic());
    return (message, reply) -> {
      long start = System.nanoTime();
      receive(receiver, message, reply, subscription, consumed.topic());
      count.increment();
      time.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    };
  }

  private void receive(MessageReceiver receiver, PubsubMessage message, AckReplyConsumer reply, String subscription,
      String topic) {
    var cause = TraceContext.read(field -> message.getAttributesOrDefault("ce-" + field, null));
    var span = tracing.receive(topic, subscription, message.getMessageId(), cause);
    try (var scope = span.enter()) {
      receiver.receiveMessage(message, reply);
    } finally {
      span.end(null);
    }
  }
}
