package io.hyperfleet.dryrun;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.google.pubsub.GooglePubsubConstants;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Stand-in for Pub/Sub: passes a message to the consuming route, and discards published messages.
 */
final class EventSource extends DefaultComponent {

  private volatile DefaultConsumer consumer;

  EventSource(CamelContext context) {
    super(context);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear();
    return new Subscription(uri);
  }

  /** Lets the adapter's route handle a message; the exchange then has the result. */
  Exchange deliver(byte[] message) throws Exception {
    var exchange = consumer.getEndpoint().createExchange();
    exchange.getIn().setBody(message);
    exchange.getIn().setHeader(GooglePubsubConstants.ATTRIBUTES,
        Map.of("content-type", "application/cloudevents+json"));
    consumer.getProcessor().process(exchange);
    return exchange;
  }

  private final class Subscription extends DefaultEndpoint {

    Subscription(String uri) {
      super(uri, EventSource.this);
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          // A copy of an undecodable message; the trace reports the message itself.
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      consumer = new DefaultConsumer(this, processor);
      return consumer;
    }
  }
}
