package io.hyperfleet.local.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSnapshotsRequest;
import com.google.pubsub.v1.ListSnapshotsResponse;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code google.pubsub.v1.Subscriber}: subscriptions, and receiving from them. */
final class SubscriberService extends SubscriberGrpc.SubscriberImplBase {

  /** How long a Pull waits for a first message. Emulator: waits until shortly before the client's deadline. */
  private static final long PULL_WAIT_SECONDS = 2;

  private final Broker broker;
  private final ScheduledExecutorService scheduler;

  SubscriberService(Broker broker, ScheduledExecutorService scheduler) {
    this.broker = broker;
    this.scheduler = scheduler;
  }

  @Override
  public void createSubscription(Subscription request, StreamObserver<Subscription> call) {
    Answers.with(call, () -> broker.createSubscription(request));
  }

  @Override
  public void getSubscription(GetSubscriptionRequest request, StreamObserver<Subscription> call) {
    Answers.with(call, () -> broker.queue(request.getSubscription()).subscription());
  }

  @Override
  public void updateSubscription(UpdateSubscriptionRequest request, StreamObserver<Subscription> call) {
    Answers.with(call, () -> broker.updateSubscription(request.getSubscription(), request.getUpdateMask()));
  }

  @Override
  public void deleteSubscription(DeleteSubscriptionRequest request, StreamObserver<Empty> call) {
    Answers.done(call, () -> broker.deleteSubscription(request.getSubscription()));
  }

  @Override
  public void listSubscriptions(ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> call) {
    Answers.with(call, () -> {
      var prefix = ResourceNames.project(request.getProject()) + "/";
      var ofProject = broker.queues().stream()
          .map(SubscriptionQueue::subscription)
          .filter(subscription -> subscription.getName().startsWith(prefix));
      var page = Page.of(ofProject, Subscription::getName, request.getPageSize(), request.getPageToken());
      return ListSubscriptionsResponse.newBuilder()
          .addAllSubscriptions(page.items())
          .setNextPageToken(page.nextToken())
          .build();
    });
  }

  @Override
  @SuppressWarnings("deprecation") // return_immediately: deprecated, and still sent by clients
  public void pull(PullRequest request, StreamObserver<PullResponse> call) {
    try {
      var queue = broker.queue(request.getSubscription());
      if (request.getMaxMessages() <= 0) {
        throw Refusals.invalid("max_messages must be above 0");
      }
      var pull = new PendingPull(request.getMaxMessages(), (ServerCallStreamObserver<PullResponse>) call);
      ((ServerCallStreamObserver<PullResponse>) call).setOnCancelHandler(() -> queue.detach(pull));
      queue.attach(pull);
      scheduler.schedule(() -> {
        queue.detach(pull);
        pull.answer();
      }, request.getReturnImmediately() ? 0 : PULL_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (StatusRuntimeException e) {
      call.onError(e);
    }
  }

  @Override
  public StreamObserver<StreamingPullRequest> streamingPull(StreamObserver<StreamingPullResponse> call) {
    return new StreamingPull(broker, (ServerCallStreamObserver<StreamingPullResponse>) call);
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> call) {
    Answers.done(call, () -> broker.queue(request.getSubscription()).acknowledge(some(request.getAckIdsList())));
  }

  @Override
  public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> call) {
    Answers.done(call, () -> broker.queue(request.getSubscription())
        .modifyDeadline(some(request.getAckIdsList()), request.getAckDeadlineSeconds()));
  }

  private static List<String> some(List<String> ackIds) {
    if (ackIds.isEmpty()) {
      throw Refusals.invalid("No ack ids given");
    }
    return ackIds;
  }

  @Override
  public void modifyPushConfig(ModifyPushConfigRequest request, StreamObserver<Empty> call) {
    Answers.unimplemented(call, "push delivery");
  }

  @Override
  public void seek(SeekRequest request, StreamObserver<SeekResponse> call) {
    Answers.unimplemented(call, "seek");
  }

  @Override
  public void getSnapshot(GetSnapshotRequest request, StreamObserver<Snapshot> call) {
    Answers.unimplemented(call, "snapshots");
  }

  @Override
  public void listSnapshots(ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> call) {
    Answers.unimplemented(call, "snapshots");
  }

  @Override
  public void createSnapshot(CreateSnapshotRequest request, StreamObserver<Snapshot> call) {
    Answers.unimplemented(call, "snapshots");
  }

  @Override
  public void updateSnapshot(UpdateSnapshotRequest request, StreamObserver<Snapshot> call) {
    Answers.unimplemented(call, "snapshots");
  }

  @Override
  public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<Empty> call) {
    Answers.unimplemented(call, "snapshots");
  }
}
