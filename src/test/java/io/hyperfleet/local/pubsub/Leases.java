package io.hyperfleet.local.pubsub;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which messages are out, under which ack id, and until when; and which wait for the end of their backoff.
 *
 * <p>An ack id names one delivery. One whose lease has ended is ignored, the stricter reading of the documentation,
 * which promises nothing for it; one that no server can have made is refused.
 */
final class Leases {

  private static final Pattern ACK_ID = Pattern.compile("[0-9a-f]{8}-[1-9][0-9]{0,17}");

  private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
  private final Map<Long, QueuedMessage> byId = new HashMap<>();
  private final NavigableSet<QueuedMessage> byDue = new TreeSet<>(
      Comparator.<QueuedMessage>comparingLong(m -> m.due).thenComparingLong(m -> m.sequence));
  private long last;

  static void check(Iterable<String> ackIds) {
    for (var ackId : ackIds) {
      if (!ACK_ID.matcher(ackId).matches()) {
        throw Refusals.invalid("Invalid ack id: " + ackId);
      }
    }
  }

  /** Leases a message and returns the delivery's ack id. */
  String grant(QueuedMessage message, Consumer holder, long due) {
    message.lease = ++last;
    message.holder = holder;
    byId.put(message.lease, message);
    schedule(message, due);
    return prefix + message.lease;
  }

  /** The message leased under this ack id, or null. */
  QueuedMessage find(String ackId) {
    return ackId.startsWith(prefix) ? byId.get(Long.parseLong(ackId.substring(prefix.length()))) : null;
  }

  /** Ends the lease, where there is one, and frees its holder's room. */
  void end(QueuedMessage message) {
    if (message.lease != 0) {
      byDue.remove(message);
      byId.remove(message.lease);
      message.lease = 0;
      message.holder.released(message.size);
      message.holder = null;
    }
  }

  /** Moves the end of a lease, or notes the end of a backoff. */
  void schedule(QueuedMessage message, long due) {
    byDue.remove(message);
    message.due = due;
    byDue.add(message);
  }

  /** Takes out the next message whose time has come, or returns null. */
  QueuedMessage pollDue(long now) {
    return !byDue.isEmpty() && byDue.first().due <= now ? byDue.pollFirst() : null;
  }

  /** When the next message is due; {@code Long.MAX_VALUE} when none is. */
  long nextDue() {
    return byDue.isEmpty() ? Long.MAX_VALUE : byDue.first().due;
  }
}
