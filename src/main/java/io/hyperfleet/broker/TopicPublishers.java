package io.hyperfleet.broker;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/**
 * One long-lived publisher a topic. Camel's producer sends one message at a time and rebuilds its publisher every three
 * minutes; Google's own batches, which the relay's throughput needs.
 */
public class TopicPublishers implements DisposableBean {

  private static final long BATCH_MESSAGES = 1_000;
  private static final long BATCH_BYTES = 5_000_000;
  private static final Duration BATCH_DELAY = Duration.ofMillis(5);

  private final BrokerProperties properties;
  private final PubSubConnection connection;
  private final Duration publishTimeout;
  private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();

  /** A publisher keeps trying for {@code publishTimeout} before it gives a message up. */
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
  public Publisher of(String topic) throws IOException {
    connection.reconnect();
    var publisher = publishers.get(topic);
    return publisher != null ? publisher : create(topic);
  }

  private synchronized Publisher create(String topic) throws IOException {
    var existing = publishers.get(topic);
    if (existing != null) {
      return existing;
    }
    var publisher = Publisher.newBuilder(TopicName.of(properties.projectId(), topic))
        .setChannelProvider(connection.topicChannel())
        .setCredentialsProvider(connection.credentials())
        .setBatchingSettings(BatchingSettings.newBuilder()
            .setElementCountThreshold(BATCH_MESSAGES)
            .setRequestByteThreshold(BATCH_BYTES)
            .setDelayThresholdDuration(BATCH_DELAY)
            .build())
        .setRetrySettings(retry())
        .build();
    publishers.put(topic, publisher);
    return publisher;
  }

  private RetrySettings retry() {
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
    publishers.values().forEach(Publisher::shutdown);
    for (Publisher publisher : publishers.values()) {
      publisher.awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}
