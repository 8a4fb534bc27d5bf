package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * One StreamingPull call: receives from a subscription as far as its flow control allows.
 *
 * <p>Lock order: the queue's before this one's; this class calls the queue without holding its own. Emulator: ignores
 * max_outstanding_messages and max_outstanding_bytes, and answers no keep-alive.
 */
final class StreamingPull implements StreamObserver<StreamingPullRequest>, Consumer {

  /** Far below the 20 MB that clients accept, even with the largest message on top. */
  private static final int MAX_RESPONSE_BYTES = 1_000_000;

  private final Broker broker;
  private final ServerCallStreamObserver<StreamingPullResponse> call;
  private StreamingPullResponse.Builder batch = StreamingPullResponse.newBuilder();
  private int batchBytes;
  private long outstandingMessages;
  private long outstandingBytes;
  private long maxMessages;
  private long maxBytes;
  private boolean closed;
  private volatile int ackDeadlineSeconds;
  private volatile boolean answersPings;
  private volatile SubscriptionQueue queue;

  StreamingPull(Broker broker, ServerCallStreamObserver<StreamingPullResponse> call) {
    this.broker = broker;
    this.call = call;
    call.setOnReadyHandler(() -> {
      if (queue != null) {
        queue.deliver();
      }
    });
    call.setOnCancelHandler(this::leave);
  }

  @Override
  public void onNext(StreamingPullRequest request) {
    try {
      if (queue == null) {
        open(request);
      } else if (!request.getSubscription().isEmpty()) {
        throw Refusals.invalid("The subscription may be set in the first request only");
      } else {
        handle(request);
      }
    } catch (StatusRuntimeException e) {
      leave();
      refuse(e);
    }
  }

  private void open(StreamingPullRequest request) {
    var target = broker.queue(request.getSubscription());
    SubscriptionRules.requireBetween("stream_ack_deadline_seconds", request.getStreamAckDeadlineSeconds(),
        SubscriptionRules.MIN_ACK_DEADLINE, SubscriptionRules.MAX_ACK_DEADLINE);
    ackDeadlineSeconds = request.getStreamAckDeadlineSeconds();
    maxMessages = limit(request.getMaxOutstandingMessages());
    maxBytes = limit(request.getMaxOutstandingBytes());
    answersPings = request.getProtocolVersion() >= 1;
    queue = target;
    settle(request);
    target.attach(this);
  }

  private void handle(StreamingPullRequest request) {
    if (request.getStreamAckDeadlineSeconds() != 0) {
      SubscriptionRules.requireBetween("stream_ack_deadline_seconds", request.getStreamAckDeadlineSeconds(),
          SubscriptionRules.MIN_ACK_DEADLINE, SubscriptionRules.MAX_ACK_DEADLINE);
      ackDeadlineSeconds = request.getStreamAckDeadlineSeconds();
    }
    settle(request);
    if (answersPings && request.equals(StreamingPullRequest.getDefaultInstance())) {
      send(StreamingPullResponse.getDefaultInstance());
    }
  }

  private void settle(StreamingPullRequest request) {
    int changes = request.getModifyDeadlineAckIdsCount();
    if (changes != request.getModifyDeadlineSecondsCount()) {
      throw Refusals.invalid("modify_deadline_ack_ids and modify_deadline_seconds must be of the same length");
    }
    if (request.getAckIdsCount() > 0) {
      queue.acknowledge(request.getAckIdsList());
    }
    for (int i = 0; i < changes; i++) {
      queue.modifyDeadline(List.of(request.getModifyDeadlineAckIds(i)), request.getModifyDeadlineSeconds(i));
    }
  }

  @Override
  public void onError(Throwable cause) {
    leave();
  }

  @Override
  public void onCompleted() {
    leave();
    synchronized (this) {
      if (!closed) {
        closed = true;
        call.onCompleted();
      }
    }
  }

  @Override
  public synchronized boolean hasRoom() {
    return !closed && call.isReady() && outstandingMessages < maxMessages && outstandingBytes < maxBytes
        && batchBytes < MAX_RESPONSE_BYTES;
  }

  @Override
  public int ackDeadlineSeconds(int ofSubscription) {
    return ackDeadlineSeconds;
  }

  @Override
  public synchronized void take(ReceivedMessage message, int size) {
    outstandingMessages++;
    outstandingBytes += size;
    batchBytes += size;
    batch.addReceivedMessages(message);
  }

  @Override
  public synchronized boolean flush(boolean orderingEnabled) {
    if (batch.getReceivedMessagesCount() > 0) {
      batch.getSubscriptionPropertiesBuilder().setMessageOrderingEnabled(orderingEnabled);
      send(batch.build());
      batch = StreamingPullResponse.newBuilder();
      batchBytes = 0;
    }
    return !closed;
  }

  @Override
  public synchronized void released(int size) {
    outstandingMessages--;
    outstandingBytes -= size;
  }

  @Override
  public synchronized void refuse(StatusRuntimeException reason) {
    if (!closed) {
      closed = true;
      call.onError(reason);
    }
  }

  private synchronized void send(StreamingPullResponse response) {
    if (!closed) {
      call.onNext(response);
    }
  }

  private void leave() {
    if (queue != null) {
      queue.detach(this);
    }
  }

  private static long limit(long asked) {
    return asked <= 0 ? Long.MAX_VALUE : asked;
  }
}
