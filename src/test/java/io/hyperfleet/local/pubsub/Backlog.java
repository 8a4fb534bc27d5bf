package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a subscription has still to deliver: messages without order, and a lane for each ordering key. */
final class Backlog {

  private final Deque<QueuedMessage> loose = new ArrayDeque<>();
  private final Map<String, KeyLane> lanes = new HashMap<>();
  /** Lanes with something to deliver, by the consumer that must get it; under null, those that any may have. */
  private final Map<Consumer, Set<KeyLane>> offers = new HashMap<>();
  private long sequence;

  void add(PubsubMessage message, boolean ordered) {
    if (ordered && !message.getOrderingKey().isEmpty()) {
      var lane = lanes.computeIfAbsent(message.getOrderingKey(), KeyLane::new);
      withdraw(lane);
      lane.add(new QueuedMessage(message, sequence++, lane));
      offer(lane);
    } else {
      loose.addLast(new QueuedMessage(message, sequence++, null));
    }
  }

  /** The next message that this consumer may have, or null. */
  QueuedMessage pollFor(Consumer consumer) {
    if (!loose.isEmpty()) {
      return loose.removeFirst();
    }
    var lane = first(consumer);
    if (lane == null) {
      lane = first(null);
    }
    if (lane == null) {
      return null;
    }
    withdraw(lane);
    var message = lane.next(consumer);
    offer(lane);
    return message;
  }

  void settle(QueuedMessage message) {
    if (message.lane != null) {
      withdraw(message.lane);
      message.lane.settle(message);
      offer(message.lane);
    }
  }

  /** Takes a delivered message back; returns those that must be delivered again with it. */
  List<QueuedMessage> putBack(QueuedMessage message) {
    if (message.lane != null) {
      withdraw(message.lane);
      var later = message.lane.recall(message);
      offer(message.lane);
      return later;
    }
    if (!message.backingOff) {
      // To the end: a message that fails again and again must not hold up the others.
      loose.addLast(message);
    }
    return List.of();
  }

  /** Makes a message available whose backoff is over. */
  void resume(QueuedMessage message) {
    message.backingOff = false;
    if (message.lane == null) {
      loose.addLast(message);
    } else {
      offer(message.lane);
    }
  }

  private KeyLane first(Consumer consumer) {
    var ready = offers.get(consumer);
    return ready == null ? null : ready.iterator().next();
  }

  private void withdraw(KeyLane lane) {
    offers.computeIfPresent(lane.holder(), (holder, ready) -> {
      ready.remove(lane);
      return ready.isEmpty() ? null : ready;
    });
  }

  private void offer(KeyLane lane) {
    if (lane.isEmpty()) {
      lanes.remove(lane.key, lane);
    } else if (lane.offers()) {
      offers.computeIfAbsent(lane.holder(), holder -> new LinkedHashSet<>()).add(lane);
    }
  }
}
