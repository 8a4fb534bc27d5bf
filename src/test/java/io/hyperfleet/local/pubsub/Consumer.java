package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import io.grpc.StatusRuntimeException;

/** Someone who receives from a subscription. The queue calls it under its own lock. */
interface Consumer {

  /** Whether it takes another message now. */
  boolean hasRoom();

  /** How long it may keep a message, in seconds, where the subscription says so many. */
  int ackDeadlineSeconds(int ofSubscription);

  /** Takes a message; it may be kept until {@link #flush}. */
  void take(ReceivedMessage message, int size);

  /** Sends what was taken; returns false when it takes nothing more, ever. */
  boolean flush(boolean orderingEnabled);

  /** The lease of one of its messages has ended. */
  void released(int size);

  /** The subscription is gone. */
  void refuse(StatusRuntimeException reason);
}
