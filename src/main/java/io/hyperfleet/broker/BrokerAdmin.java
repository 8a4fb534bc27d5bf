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
 * Checks that topics and subscriptions exist, and creates missing ones if configured. Every request ends within {@code
 * hyperfleet.broker.request-timeout} and is not retried, since callers have their own retries.
 */
public class BrokerAdmin implements DisposableBean {

  private final BrokerProperties properties;
  private final PubSubConnection connection;
  private final SubscriptionSpec spec;
  private TopicAdminClient topics;
  private SubscriptionAdminClient subscriptions;

  public BrokerAdmin(BrokerProperties properties, PubSubConnection connection) {
    this.properties = properties;
    this.connection = connection;
    this.spec = new SubscriptionSpec(properties);
  }

  /**
   * Ensures that a topic exists.
   *
   * @throws com.google.api.gax.rpc.NotFoundException when it is missing and may not be created
   * @throws com.google.api.gax.rpc.ApiException when the broker is unreachable or denies access
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
   * Ensures that a topic and its subscription exist; both are created if configured.
   *
   * @throws SubscriptionMismatchException when it belongs to another topic, or lacks required message ordering
   * @throws com.google.api.gax.rpc.NotFoundException when it is missing and may not be created
   * @throws com.google.api.gax.rpc.ApiException when the broker is unreachable or denies access
   * @throws IOException when there are no credentials
   */
  public void requireSubscription(String subscription, String topic) throws IOException {
    connection.reconnect();
    var name = SubscriptionName.of(properties.projectId(), subscription);
    var topicName = TopicName.of(properties.projectId(), topic);
    try {
      spec.check(subscriptions().getSubscription(name), name, topicName);
    } catch (NotFoundException e) {
      if (!properties.createMissing()) {
        throw e;
      }
      requireTopic(topic);
      requireDeadLetters();
      createSubscription(spec.of(name, topicName));
    }
  }

  /**
   * Ensures that the configured dead-letter topic exists. It is created if configured, with a subscription {@code
   * <topic>-sub} that keeps its messages.
   *
   * @throws com.google.api.gax.rpc.NotFoundException when it is missing and may not be created
   * @throws com.google.api.gax.rpc.ApiException when the broker is unreachable or denies access
   * @throws IOException when there are no credentials
   */
  public void requireDeadLetters() throws IOException {
    if (!properties.hasDeadLetters()) {
      return;
    }
    requireTopic(properties.deadLetterTopic());
    var topic = TopicName.of(properties.projectId(), properties.deadLetterTopic());
    var name = SubscriptionName.of(properties.projectId(), properties.deadLetterTopic() + "-sub");
    if (properties.createMissing() && !exists(name)) {
      createSubscription(spec.ofDeadLetters(name, topic));
    }
  }

  private boolean exists(SubscriptionName name) throws IOException {
    try {
      return subscriptions().getSubscription(name).isInitialized();
    } catch (NotFoundException e) {
      return false;
    }
  }

  private void createTopic(TopicName name) throws IOException {
    try {
      topics().createTopic(name);
    } catch (AlreadyExistsException e) {
      // Another process has created it.
    }
  }

  private void createSubscription(Subscription subscription) throws IOException {
    try {
      subscriptions().createSubscription(subscription);
    } catch (AlreadyExistsException e) {
      // Another process has created it.
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
