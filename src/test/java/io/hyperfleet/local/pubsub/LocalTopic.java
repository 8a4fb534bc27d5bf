package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A topic and the subscriptions that get what is published to it. */
final class LocalTopic {

  private final List<SubscriptionQueue> queues = new CopyOnWriteArrayList<>();
  private volatile Topic topic;

  LocalTopic(Topic topic) {
    this.topic = topic;
  }

  Topic topic() {
    return topic;
  }

  void configure(Topic changed) {
    topic = changed;
  }

  List<SubscriptionQueue> queues() {
    return queues;
  }
}
