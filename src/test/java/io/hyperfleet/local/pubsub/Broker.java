package io.hyperfleet.local.pubsub;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** The topics and subscriptions of the server, by full name. Changes of structure are serialised by its monitor. */
final class Broker {

  private static final Set<String> MUTABLE_OF_TOPIC = Set.of("labels", "message_storage_policy", "kms_key_name",
      "message_retention_duration");
  private static final Set<String> MUTABLE_OF_SUBSCRIPTION = Set.of("ack_deadline_seconds", "retain_acked_messages",
      "message_retention_duration", "labels", "expiration_policy", "dead_letter_policy", "retry_policy", "push_config",
      "bigquery_config", "cloud_storage_config", "enable_exactly_once_delivery", "message_transforms");

  private final ScheduledExecutorService scheduler;
  private final NavigableMap<String, LocalTopic> topics = new ConcurrentSkipListMap<>();
  private final NavigableMap<String, SubscriptionQueue> queues = new ConcurrentSkipListMap<>();
  private final AtomicLong lastMessageId = new AtomicLong();

  Broker(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  synchronized Topic createTopic(Topic asked) {
    var created = TopicRules.complete(asked);
    if (topics.putIfAbsent(created.getName(), new LocalTopic(created)) != null) {
      throw Refusals.alreadyExists("Topic", created.getName());
    }
    return created;
  }

  synchronized Topic updateTopic(Topic asked, FieldMask mask) {
    var topic = topic(asked.getName());
    var changed = topic.topic().toBuilder();
    UpdateMasks.apply(mask, asked, changed, MUTABLE_OF_TOPIC);
    topic.configure(TopicRules.complete(changed.build()));
    return topic.topic();
  }

  /** Deletes a topic; its subscriptions stay, with what they have still to deliver. */
  synchronized void deleteTopic(String name) {
    for (var queue : topic(name).queues()) {
      queue.configure(queue.subscription().toBuilder().setTopic(ResourceNames.DELETED_TOPIC).build());
    }
    topics.remove(name);
  }

  LocalTopic topic(String name) {
    var topic = findTopic(ResourceNames.topic(name));
    if (topic == null) {
      throw Refusals.notFound("Topic", name);
    }
    return topic;
  }

  /** The topic, or null. */
  LocalTopic findTopic(String name) {
    return topics.get(name);
  }

  Collection<LocalTopic> topics() {
    return topics.values();
  }

  /** Gives each message an id and a time, and each subscription of the topic a copy; returns the ids. */
  List<String> publish(LocalTopic topic, List<PubsubMessage> messages) {
    var now = Instant.now();
    var time = Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    var ids = new ArrayList<String>(messages.size());
    var stamped = new ArrayList<PubsubMessage>(messages.size());
    for (var message : messages) {
      var id = Long.toString(lastMessageId.incrementAndGet());
      ids.add(id);
      stamped.add(message.toBuilder().setMessageId(id).setPublishTime(time).build());
    }
    topic.queues().forEach(queue -> queue.publish(stamped));
    return ids;
  }

  synchronized Subscription createSubscription(Subscription asked) {
    var name = ResourceNames.subscription(asked.getName());
    var topic = topic(asked.getTopic());
    if (queues.containsKey(name)) {
      throw Refusals.alreadyExists("Subscription", name);
    }
    var created = complete(asked);
    var queue = new SubscriptionQueue(created, this, scheduler);
    queues.put(name, queue);
    topic.queues().add(queue);
    return created;
  }

  synchronized Subscription updateSubscription(Subscription asked, FieldMask mask) {
    var queue = queue(asked.getName());
    var changed = queue.subscription().toBuilder();
    UpdateMasks.apply(mask, asked, changed, MUTABLE_OF_SUBSCRIPTION);
    queue.configure(complete(changed.build()));
    return queue.subscription();
  }

  synchronized void deleteSubscription(String name) {
    var queue = queue(name);
    queues.remove(name);
    var topic = findTopic(queue.subscription().getTopic());
    if (topic != null) {
      topic.queues().remove(queue);
    }
    queue.delete();
  }

  SubscriptionQueue queue(String name) {
    var queue = queues.get(ResourceNames.subscription(name));
    if (queue == null) {
      throw Refusals.notFound("Subscription", name);
    }
    return queue;
  }

  Collection<SubscriptionQueue> queues() {
    return queues.values();
  }

  private Subscription complete(Subscription asked) {
    var result = SubscriptionRules.complete(asked);
    if (result.hasDeadLetterPolicy()) {
      topic(result.getDeadLetterPolicy().getDeadLetterTopic());
    }
    return result;
  }
}
