package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;

/** One Pull call that waits for its messages: it is answered once, with what there is at that time. */
final class PendingPull implements Consumer {

  private static final int MAX_RESPONSE_BYTES = 1_000_000;

  private final ServerCallStreamObserver<PullResponse> call;
  private final int maxMessages;
  private final PullResponse.Builder response = PullResponse.newBuilder();
  private int bytes;
  private boolean answered;

  PendingPull(int maxMessages, ServerCallStreamObserver<PullResponse> call) {
    this.maxMessages = maxMessages;
    this.call = call;
  }

  @Override
  public synchronized boolean hasRoom() {
    return !answered && !call.isCancelled() && response.getReceivedMessagesCount() < maxMessages
        && bytes < MAX_RESPONSE_BYTES;
  }

  @Override
  public int ackDeadlineSeconds(int ofSubscription) {
    return ofSubscription;
  }

  @Override
  public synchronized void take(ReceivedMessage message, int size) {
    response.addReceivedMessages(message);
    bytes += size;
  }

  @Override
  public synchronized boolean flush(boolean orderingEnabled) {
    if (response.getReceivedMessagesCount() > 0) {
      answer();
    }
    return !answered;
  }

  /** Answers with what was taken, which may be nothing. */
  synchronized void answer() {
    if (!answered) {
      answered = true;
      call.onNext(response.build());
      call.onCompleted();
    }
  }

  @Override
  public void released(int size) {
    // A pull holds no room beyond its answer.
  }

  @Override
  public synchronized void refuse(StatusRuntimeException reason) {
    if (!answered) {
      answered = true;
      call.onError(reason);
    }
  }
}
