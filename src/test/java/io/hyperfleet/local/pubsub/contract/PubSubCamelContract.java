package io.hyperfleet.local.pubsub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.pubsub.ResourceNames;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.google.pubsub.GooglePubsubComponent;
import org.apache.camel.component.google.pubsub.GooglePubsubConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camel's {@code google-pubsub} component produces and consumes. */
abstract class PubSubCamelContract extends PubSubContract {

  private CamelContext camel;
  private String topic;
  private String subscription;

  @BeforeEach
  void startCamel() {
    topic = client.newTopic();
    subscription = client.newSubscription(topic);
    camel = new DefaultCamelContext();
    var component = new GooglePubsubComponent();
    component.setEndpoint(target().endpoint());
    component.setAuthenticate(false);
    camel.addComponent("google-pubsub", component);
    camel.start();
  }

  @AfterEach
  void stopCamel() {
    camel.stop();
  }

  @Test
  void carriesBodyAndAttributesFromProducerToConsumer() throws Exception {
    consume("", "mock:received");
    var received = camel.getEndpoint("mock:received", MockEndpoint.class);
    received.expectedBodiesReceived("payload");
    received.expectedHeaderReceived("type", "cluster.changed.v1");
    try (var producer = camel.createProducerTemplate()) {
      producer.sendBodyAndHeader(uri(topic), "payload", GooglePubsubConstants.ATTRIBUTES,
          Map.of("type", "cluster.changed.v1"));
    }
    received.assertIsSatisfied(60_000);
  }

  @Test
  void consumesWithSeveralConsumersAndLosesNothing() throws Exception {
    consume("?concurrentConsumers=4", "mock:received");
    for (int i = 0; i < 20; i++) {
      client.publish(topic, Collections.nCopies(20, PubSubClient.message("x")));
    }
    var received = camel.getEndpoint("mock:received", MockEndpoint.class);
    await().untilAsserted(() -> assertThat(received.getReceivedExchanges().stream()
        .map(e -> e.getMessage().getHeader(GooglePubsubConstants.MESSAGE_ID)).distinct()).hasSize(400));
  }

  @Test
  void getsAgainWhatARouteFailedOn() throws Exception {
    var deliveries = new AtomicInteger();
    camel.addRoutes(new RouteBuilder() {
      @Override
      public void configure() {
        from(uri(subscription)).process(exchange -> {
          if (deliveries.incrementAndGet() < 3) {
            throw new IllegalStateException("not yet");
          }
        }).to("mock:handled");
      }
    });
    client.publish(topic, "x");
    var handled = camel.getEndpoint("mock:handled", MockEndpoint.class);
    await().untilAsserted(() -> assertThat(handled.getReceivedCounter()).isEqualTo(1));
    assertThat(deliveries).hasValue(3);
  }

  private void consume(String options, String endpoint) throws Exception {
    camel.addRoutes(new RouteBuilder() {
      @Override
      public void configure() {
        from(uri(subscription) + options).to(endpoint);
      }
    });
  }

  private static String uri(String name) {
    return "google-pubsub:" + PubSubClient.PROJECT + ":" + ResourceNames.idOf(name);
  }
}
