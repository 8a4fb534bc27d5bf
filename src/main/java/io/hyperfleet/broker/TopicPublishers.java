package io.hyperfleet.broker;

import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.PublisherInterface;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/**
 * One long-lived publisher per topic. Camel's producer sends one message at a time and rebuilds its publisher every
 * three minutes; Google's publisher batches, which the relay's throughput needs. With ordering keys each message is a
 * request of its own, see decision 28.
 */
public class TopicPublishers implements DisposableBean {

  private static final long BATCH_MESSAGES = 1_000;
  private static final long BATCH_BYTES = 5_000_000;
  private static final Duration BATCH_DELAY = Duration.ofMillis(5);

  private final BrokerProperties properties;
  private final PubSubConnection connection;
  private final Duration publishTimeout;
  private final Map<String, PublisherInterface> publishers = new ConcurrentHashMap<>();
  private TopicAdminClient requests;

  /** A publisher retries a message for {@code publishTimeout}. */
  public TopicPublishers(BrokerProperties properties, PubSubConnection connection, Duration publishTimeout) {
    this.properties = properties;
    this.connection = connection;
    this.publishTimeout = publishTimeout;
  }

  /**
   * The publisher of a topic.
   *
   * @throws IOException when there are no credentials
   */
  public PublisherInterface of(String topic) throws IOException {
    connection.reconnect();
    var publisher = publishers.get(topic);
    return publisher != null ? publisher : create(topic);
  }

  /** Flushes the batch of a topic's publisher. */
  public void flush(String topic) {
    if (publishers.get(topic) instanceof Publisher batching) {
      batching.publishAllOutstanding();
    }
  }

  private synchronized PublisherInterface create(String topic) throws IOException {
    var existing = publishers.get(topic);
    if (existing != null) {
      return existing;
    }
    var publisher = properties.orderingKeys() ? oneByOne(topic) : batching(topic);
    publishers.put(topic, publisher);
    return publisher;
  }

  /** Publishes each message at once. */
  private PublisherInterface oneByOne(String topic) throws IOException {
    if (requests == null) {
      var settings = TopicAdminSettings.newBuilder()
          .setTransportChannelProvider(connection.topicChannel())
          .setCredentialsProvider(connection.credentials());
      settings.publishSettings().setRetrySettings(retry());
      requests = TopicAdminClient.create(settings.build());
    }
    var name = TopicName.of(properties.projectId(), topic).toString();
    var publish = requests.publishCallable();
    return message -> ApiFutures.transform(
        publish.futureCall(PublishRequest.newBuilder().setTopic(name).addMessages(message).build()),
        answer -> answer.getMessageIds(0), MoreExecutors.directExecutor());
  }

  private PublisherInterface batching(String topic) throws IOException {
    return Publisher.newBuilder(TopicName.of(properties.projectId(), topic))
        .setChannelProvider(connection.topicChannel())
        .setCredentialsProvider(connection.credentials())
        .setBatchingSettings(BatchingSettings.newBuilder()
            .setElementCountThreshold(BATCH_MESSAGES)
            .setRequestByteThreshold(BATCH_BYTES)
            .setDelayThresholdDuration(BATCH_DELAY)
            .build())
        .setRetrySettings(retry())
        .build();
  }

  private RetrySettings retry() {
    return retry(publishTimeout);
  }

  /** Retries within that time. */
  static RetrySettings retry(Duration publishTimeout) {
    RetrySettings defaults = TopicAdminSettings.newBuilder().createTopicSettings().getRetrySettings();
    return defaults.toBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(5))
        .setInitialRpcTimeoutDuration(publishTimeout.dividedBy(2))
        .setMaxRpcTimeoutDuration(publishTimeout.dividedBy(2))
        .setTotalTimeoutDuration(publishTimeout)
        .build();
  }

  @Override
  public void destroy() throws InterruptedException {
    var batching = publishers.values().stream()
        .filter(Publisher.class::isInstance).map(Publisher.class::cast).toList();
    batching.forEach(Publisher::shutdown);
    for (Publisher publisher : batching) {
      publisher.awaitTermination(5, TimeUnit.SECONDS);
    }
    if (requests != null) {
      requests.close();
    }
  }
}
