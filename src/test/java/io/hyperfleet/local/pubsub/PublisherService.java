package io.hyperfleet.local.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSnapshotsRequest;
import com.google.pubsub.v1.ListTopicSnapshotsResponse;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.stub.StreamObserver;

/** {@code google.pubsub.v1.Publisher}: topics, and publishing to them. */
final class PublisherService extends PublisherGrpc.PublisherImplBase {

  private final Broker broker;

  PublisherService(Broker broker) {
    this.broker = broker;
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> call) {
    Answers.with(call, () -> broker.createTopic(request));
  }

  @Override
  public void updateTopic(UpdateTopicRequest request, StreamObserver<Topic> call) {
    Answers.with(call, () -> broker.updateTopic(request.getTopic(), request.getUpdateMask()));
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> call) {
    Answers.with(call, () -> broker.topic(request.getTopic()).topic());
  }

  @Override
  public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> call) {
    Answers.done(call, () -> broker.deleteTopic(request.getTopic()));
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> call) {
    Answers.with(call, () -> {
      var prefix = ResourceNames.project(request.getProject()) + "/";
      var ofProject = broker.topics().stream().map(LocalTopic::topic).filter(t -> t.getName().startsWith(prefix));
      var page = Page.of(ofProject, Topic::getName, request.getPageSize(), request.getPageToken());
      return ListTopicsResponse.newBuilder().addAllTopics(page.items()).setNextPageToken(page.nextToken()).build();
    });
  }

  /** Emulator: answers with an empty list where the topic is unknown. */
  @Override
  public void listTopicSubscriptions(
      ListTopicSubscriptionsRequest request, StreamObserver<ListTopicSubscriptionsResponse> call) {
    Answers.with(call, () -> {
      var names = broker.topic(request.getTopic()).queues().stream().map(q -> q.subscription().getName()).sorted();
      var page = Page.of(names, name -> name, request.getPageSize(), request.getPageToken());
      return ListTopicSubscriptionsResponse.newBuilder()
          .addAllSubscriptions(page.items())
          .setNextPageToken(page.nextToken())
          .build();
    });
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> call) {
    Answers.with(call, () -> {
      var topic = broker.topic(request.getTopic());
      PublishLimits.check(request);
      var ids = broker.publish(topic, request.getMessagesList());
      return PublishResponse.newBuilder().addAllMessageIds(ids).build();
    });
  }

  @Override
  public void listTopicSnapshots(
      ListTopicSnapshotsRequest request, StreamObserver<ListTopicSnapshotsResponse> call) {
    Answers.unimplemented(call, "snapshots");
  }

  @Override
  public void detachSubscription(
      DetachSubscriptionRequest request, StreamObserver<DetachSubscriptionResponse> call) {
    Answers.unimplemented(call, "detaching of subscriptions");
  }
}
