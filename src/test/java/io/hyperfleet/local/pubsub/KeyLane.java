package io.hyperfleet.local.pubsub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The messages of one ordering key, in order.
 *
 * <p>While some are delivered and not all acknowledged, only their holder gets more of the key. When one comes back, so
 * do all that were delivered after it, acknowledged or not. Emulator: redelivers only the one that came back.
 */
final class KeyLane {

  final String key;
  private final Deque<QueuedMessage> waiting = new ArrayDeque<>();
  private final Deque<QueuedMessage> delivered = new ArrayDeque<>();
  private Consumer holder;

  KeyLane(String key) {
    this.key = key;
  }

  void add(QueuedMessage message) {
    waiting.addLast(message);
  }

  QueuedMessage next(Consumer consumer) {
    var message = waiting.removeFirst();
    delivered.addLast(message);
    holder = consumer;
    return message;
  }

  /** Drops the acknowledged messages that nothing earlier can bring back. */
  void settle(QueuedMessage message) {
    if (!delivered.contains(message)) {
      // An earlier message took this one back while it was on its way to the dead-letter topic.
      waiting.remove(message);
      return;
    }
    message.acknowledged = true;
    while (!delivered.isEmpty() && delivered.peekFirst().acknowledged) {
      delivered.removeFirst();
    }
    releaseIfNothingIsOut();
  }

  /** Takes back a message and what was delivered after it; returns those later ones. */
  List<QueuedMessage> recall(QueuedMessage message) {
    if (!delivered.contains(message)) {
      return List.of();
    }
    var later = new ArrayList<QueuedMessage>();
    while (delivered.peekLast() != message) {
      var last = delivered.removeLast();
      last.acknowledged = false;
      waiting.addFirst(last);
      later.add(last);
    }
    waiting.addFirst(delivered.removeLast());
    releaseIfNothingIsOut();
    return later;
  }

  boolean offers() {
    return !waiting.isEmpty() && !waiting.peekFirst().backingOff;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && delivered.isEmpty();
  }

  /** The only consumer that may have more of this key; null means any. */
  Consumer holder() {
    return holder;
  }

  private void releaseIfNothingIsOut() {
    if (delivered.isEmpty()) {
      holder = null;
    }
  }
}
