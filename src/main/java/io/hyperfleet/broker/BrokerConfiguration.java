package io.hyperfleet.broker;

import io.hyperfleet.role.Role;
import io.hyperfleet.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.google.pubsub.GooglePubsubComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Pub/Sub clients shared by the relay, the adapters and an operator's routes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBroker({Role.OUTBOX, Role.ADAPTERS})
class BrokerConfiguration {

  @Bean
  PubSubConnection pubSubConnection(BrokerProperties properties) {
    return new PubSubConnection(properties);
  }

  @Bean
  BrokerAdmin brokerAdmin(BrokerProperties properties, PubSubConnection connection) {
    return new BrokerAdmin(properties, connection);
  }

  @Bean
  Subscriptions subscriptions(BrokerProperties properties) {
    return new Subscriptions(properties.requestTimeout());
  }

  /** Replaces the component that the starter would create. */
  @Bean("google-pubsub-component")
  GooglePubsubComponent googlePubsubComponent(
      CamelContext context, BrokerProperties properties, BrokerAdmin admin, Subscriptions subscriptions,
      PubSubConnection connection, MeterRegistry meters, Tracing tracing) {
    var component = new SupervisedPubsubComponent(admin, subscriptions, connection, properties.flowControl(),
        new MessageDispatcher(meters, tracing));
    component.setCamelContext(context);
    if (properties.emulated()) {
      component.setEndpoint(properties.emulatorHost());
    }
    return component;
  }
}
