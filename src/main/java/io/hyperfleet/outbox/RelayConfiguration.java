package io.hyperfleet.outbox;

import io.hyperfleet.broker.BrokerProperties;
import io.hyperfleet.broker.PubSubConnection;
import io.hyperfleet.broker.TopicPublishers;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the relay's routes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.OUTBOX)
class RelayConfiguration {

  @Bean
  TopicPublishers topicPublishers(BrokerProperties broker, PubSubConnection connection, OutboxProperties properties) {
    return new TopicPublishers(broker, connection, properties.publishTimeout());
  }

  @Bean
  EventPublisher eventPublisher(TopicPublishers publishers, Kinds kinds, OutboxProperties properties,
      BrokerProperties broker, OutboxMonitor monitor, Tracing tracing) {
    return new EventPublisher(publishers, kinds, properties, broker.orderingKeys(), monitor, tracing);
  }

  @Bean
  OutboxLeases outboxLeases(OutboxProperties properties, BrokerProperties broker) {
    return new OutboxLeases(properties, broker.orderingKeys());
  }

  @Bean
  OutboxMonitor outboxMonitor(MeterRegistry meters, Kinds kinds) {
    return new OutboxMonitor(meters, kinds);
  }

  @Bean
  OutboxWakeUp outboxWakeUp(ProducerTemplate camel) {
    return new OutboxWakeUp(camel);
  }
}
