package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;

/** One message in one subscription, from publish to acknowledgement. Guarded by its {@link SubscriptionQueue}. */
final class QueuedMessage {

  final PubsubMessage message;
  final long sequence;
  final int size;
  /** The lane of its ordering key; null where order is not kept. */
  final KeyLane lane;

  /** Deliveries that ended without an acknowledgement. */
  int failures;
  /** The current lease; 0 while there is none. */
  long lease;
  /** Who holds the lease. */
  Consumer holder;
  /** When the lease or the backoff ends, in {@link Ticks}. */
  long due;
  boolean backingOff;
  /** Acknowledged, but behind an earlier message of its key that may take it along when it is redelivered. */
  boolean acknowledged;

  QueuedMessage(PubsubMessage message, long sequence, KeyLane lane) {
    this.message = message;
    this.sequence = sequence;
    this.size = message.getSerializedSize();
    this.lane = lane;
  }
}
