package io.hyperfleet.broker;

import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;

/**
 * Looks whether topics and subscriptions are there and creates them where that is configured. Every request ends within
 * {@code hyperfleet.broker.request-timeout}; it is sent once, since each caller has a pace of its own.
 */
public class BrokerAdmin implements DisposableBean {

  private final BrokerProperties properties;
  private final PubSubConnection connection;
  private TopicAdminClient topics;
  private SubscriptionAdminClient subscriptions;

  public BrokerAdmin(BrokerProperties properties, PubSubConnection connection) {
    this.properties = properties;
    this.connection = connection;
  }

  /**
   * Makes sure that a topic is there.
   *
   * @throws com.google.api.gax.rpc.NotFoundException when it is missing and may not be created
   * @throws com.google.api.gax.rpc.ApiException when the broker is away or refuses
   * @throws IOException when there are no credentials
   */
  public void requireTopic(String topic) throws IOException {
    connection.reconnect();
    var name = TopicName.of(properties.projectId(), topic);
    try {
      topics().getTopic(name);
    } catch (NotFoundException e) {
      if (!properties.createMissing()) {
        throw e;
      }
      createTopic(name);
    }
  }

  /**
   * Makes sure that a subscription of a topic is there; both are created where that is configured.
   *
   * @throws com.google.api.gax.rpc.NotFoundException when it is missing and may not be created
   * @throws com.google.api.gax.rpc.ApiException when the broker is away or refuses
   * @throws IOException when there are no credentials
   */
  public void requireSubscription(String subscription, String topic) throws IOException {
    connection.reconnect();
    var name = SubscriptionName.of(properties.projectId(), subscription);
    try {
      subscriptions().getSubscription(name);
    } catch (NotFoundException e) {
      if (!properties.createMissing()) {
        throw e;
      }
      requireTopic(topic);
      createSubscription(name, TopicName.of(properties.projectId(), topic));
    }
  }

  private void createTopic(TopicName name) throws IOException {
    try {
      topics().createTopic(name);
    } catch (AlreadyExistsException e) {
      // Another process was faster, and what is wanted is there.
    }
  }

  private void createSubscription(SubscriptionName name, TopicName topic) throws IOException {
    try {
      subscriptions().createSubscription(
          Subscription.newBuilder().setName(name.toString()).setTopic(topic.toString()).setAckDeadlineSeconds(60).build());
    } catch (AlreadyExistsException e) {
      // Another process was faster, and what is wanted is there.
    }
  }

  private synchronized TopicAdminClient topics() throws IOException {
    if (topics == null) {
      var settings = TopicAdminSettings.newBuilder()
          .setTransportChannelProvider(connection.topicChannel())
          .setCredentialsProvider(connection.credentials());
      settings.getTopicSettings().setRetrySettings(once());
      settings.createTopicSettings().setRetrySettings(once());
      topics = TopicAdminClient.create(settings.build());
    }
    return topics;
  }

  private synchronized SubscriptionAdminClient subscriptions() throws IOException {
    if (subscriptions == null) {
      var settings = SubscriptionAdminSettings.newBuilder()
          .setTransportChannelProvider(connection.subscriptionChannel())
          .setCredentialsProvider(connection.credentials());
      settings.getSubscriptionSettings().setRetrySettings(once());
      settings.createSubscriptionSettings().setRetrySettings(once());
      subscriptions = SubscriptionAdminClient.create(settings.build());
    }
    return subscriptions;
  }

  private RetrySettings once() {
    Duration timeout = properties.requestTimeout();
    return RetrySettings.newBuilder()
        .setInitialRpcTimeoutDuration(timeout)
        .setMaxRpcTimeoutDuration(timeout)
        .setTotalTimeoutDuration(timeout)
        .setMaxAttempts(1)
        .build();
  }

  @Override
  public synchronized void destroy() {
    if (topics != null) {
      topics.close();
    }
    if (subscriptions != null) {
      subscriptions.close();
    }
  }
}
