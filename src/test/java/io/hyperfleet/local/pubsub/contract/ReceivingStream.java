package io.hyperfleet.local.pubsub.contract;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberStub;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A StreamingPull that remembers what it got and acknowledges only what it is told to. */
final class ReceivingStream implements StreamObserver<StreamingPullResponse> {

  static final int ACK_DEADLINE_SECONDS = 10;

  private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
  private StreamObserver<StreamingPullRequest> requests;
  private final List<Long> arrivals = new CopyOnWriteArrayList<>();
  private volatile int responses;
  private volatile int keepAlives;
  private volatile Status end;

  private ReceivingStream() {}

  static ReceivingStream open(SubscriberStub stub, String subscription, long maxMessages, long maxBytes) {
    var stream = new ReceivingStream();
    stream.requests = stub.streamingPull(stream);
    stream.send(StreamingPullRequest.newBuilder()
        .setSubscription(subscription)
        .setStreamAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
        .setMaxOutstandingMessages(maxMessages)
        .setMaxOutstandingBytes(maxBytes)
        .setProtocolVersion(1));
    return stream;
  }

  /** Everything received so far, in order. */
  List<ReceivedMessage> received() {
    return received;
  }

  List<String> bodies() {
    return received.stream().map(PubSubClient::body).toList();
  }

  /** When the message of this number in {@link #received} came, in {@link System#nanoTime}. */
  long arrival(int number) {
    return arrivals.get(number);
  }

  /** How many keep-alives were answered: what was sent before an answer has arrived with it. */
  int keepAlives() {
    return keepAlives;
  }

  /** How many responses came, with or without messages. */
  int responses() {
    return responses;
  }

  void acknowledge(ReceivedMessage message) {
    send(StreamingPullRequest.newBuilder().addAckIds(message.getAckId()));
  }

  void nack(ReceivedMessage message) {
    modifyDeadline(message, 0);
  }

  void modifyDeadline(ReceivedMessage message, int seconds) {
    send(StreamingPullRequest.newBuilder()
        .addModifyDeadlineAckIds(message.getAckId())
        .addModifyDeadlineSeconds(seconds));
  }

  synchronized void send(StreamingPullRequest.Builder request) {
    requests.onNext(request.build());
  }

  void close() {
    requests.onCompleted();
  }

  /** How the stream ended; null while it runs. */
  Status end() {
    return end;
  }

  @Override
  public void onNext(StreamingPullResponse response) {
    responses++;
    long now = System.nanoTime();
    response.getReceivedMessagesList().forEach(message -> arrivals.add(now));
    received.addAll(response.getReceivedMessagesList());
    if (response.getReceivedMessagesCount() == 0) {
      keepAlives++;
    }
  }

  @Override
  public void onError(Throwable cause) {
    end = Status.fromThrowable(cause);
  }

  @Override
  public void onCompleted() {
    end = Status.OK;
  }
}
