package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One subscription: what it has to deliver, what is out, and who receives.
 *
 * <p>All its state is guarded by its monitor, which is held for short, non-blocking work only. Messages go out one by
 * one to the consumers in turn, as long as one has room.
 */
final class SubscriptionQueue {

  private final Broker broker;
  private final ScheduledExecutorService scheduler;
  private final Backlog backlog = new Backlog();
  private final Leases leases = new Leases();
  private final Alarm alarm;
  private final Deque<Consumer> consumers = new ArrayDeque<>();
  private Subscription subscription;
  private boolean deleted;
  private long published;
  private long acknowledged;
  private long deliveries;

  SubscriptionQueue(Subscription subscription, Broker broker, ScheduledExecutorService scheduler) {
    this.subscription = subscription;
    this.broker = broker;
    this.scheduler = scheduler;
    this.alarm = new Alarm(scheduler, this::onAlarm);
  }

  synchronized Subscription subscription() {
    return subscription;
  }

  synchronized void configure(Subscription changed) {
    subscription = changed;
  }

  synchronized void publish(List<PubsubMessage> messages) {
    messages.forEach(message -> backlog.add(message, subscription.getEnableMessageOrdering()));
    published += messages.size();
    deliver();
  }

  synchronized void attach(Consumer consumer) {
    if (deleted) {
      throw Refusals.notFound("Subscription", subscription.getName());
    }
    consumers.addLast(consumer);
    deliver();
  }

  /** Stops delivery to a consumer. What it holds comes back when its deadlines pass, as in the real service. */
  synchronized void detach(Consumer consumer) {
    consumers.remove(consumer);
  }

  synchronized void acknowledge(List<String> ackIds) {
    Leases.check(ackIds);
    for (var ackId : ackIds) {
      var message = leases.find(ackId);
      if (message != null) {
        leases.end(message);
        backlog.settle(message);
        acknowledged++;
      }
    }
    deliver();
  }

  /** Gives these deliveries so many seconds from now; 0 gives them back. */
  synchronized void modifyDeadline(List<String> ackIds, int seconds) {
    Leases.check(ackIds);
    // Emulator: takes more than 600 seconds.
    SubscriptionRules.requireBetween("ack_deadline_seconds", seconds, 0, SubscriptionRules.MAX_ACK_DEADLINE);
    for (var ackId : ackIds) {
      var message = leases.find(ackId);
      if (message != null && seconds > 0) {
        leases.schedule(message, Ticks.inSeconds(seconds));
      } else if (message != null) {
        fail(message);
      }
    }
    deliver();
  }

  /** Delivers as much as the consumers have room for; they call it when room appears. */
  synchronized void deliver() {
    int withoutWork = 0;
    while (withoutWork < consumers.size()) {
      var consumer = consumers.removeFirst();
      consumers.addLast(consumer);
      var message = consumer.hasRoom() ? backlog.pollFor(consumer) : null;
      if (message == null) {
        withoutWork++;
      } else {
        withoutWork = 0;
        hand(message, consumer);
      }
    }
    consumers.removeIf(consumer -> !consumer.flush(subscription.getEnableMessageOrdering()));
    alarm.setFor(leases.nextDue());
  }

  /** The subscription is deleted: its messages are gone and its consumers are told. */
  synchronized void delete() {
    deleted = true;
    alarm.cancel();
    var reason = Refusals.notFound("Subscription", subscription.getName());
    consumers.forEach(consumer -> consumer.refuse(reason));
    consumers.clear();
  }

  /** Messages that nobody has acknowledged; of subscriptions that keep no order and have no dead-letter topic. */
  synchronized long unacknowledged() {
    return published - acknowledged;
  }

  /** Deliveries so far, repeated ones included. */
  synchronized long deliveries() {
    return deliveries;
  }

  private void hand(QueuedMessage message, Consumer consumer) {
    deliveries++;
    var seconds = consumer.ackDeadlineSeconds(subscription.getAckDeadlineSeconds());
    var received = ReceivedMessage.newBuilder()
        .setAckId(leases.grant(message, consumer, Ticks.inSeconds(seconds)))
        .setMessage(message.message);
    if (subscription.hasDeadLetterPolicy()) {
      received.setDeliveryAttempt(message.failures + 1);
    }
    consumer.take(received.build(), message.size);
  }

  private synchronized void onAlarm() {
    alarm.rang();
    if (deleted) {
      return;
    }
    long now = Ticks.now();
    for (var message = leases.pollDue(now); message != null; message = leases.pollDue(now)) {
      if (message.backingOff) {
        backlog.resume(message);
      } else if (message.lease != 0) {
        fail(message);
      }
    }
    deliver();
  }

  private void fail(QueuedMessage message) {
    leases.end(message);
    message.failures++;
    if (DeadLetters.isDue(subscription, message.failures)) {
      // Without this queue's lock: two subscriptions may be each other's dead-letter target.
      var source = subscription;
      scheduler.execute(() -> forwarded(message, DeadLetters.forward(broker, source, message.message,
          message.failures)));
      return;
    }
    putBack(message);
  }

  private synchronized void forwarded(QueuedMessage message, boolean done) {
    if (done) {
      backlog.settle(message);
    } else {
      putBack(message);
    }
    deliver();
  }

  private void putBack(QueuedMessage message) {
    long backoff = RetryBackoff.nanos(subscription, message.failures);
    message.backingOff = backoff > 0;
    backlog.putBack(message).forEach(leases::end);
    if (message.backingOff) {
      leases.schedule(message, Ticks.now() + backoff);
    }
  }
}
