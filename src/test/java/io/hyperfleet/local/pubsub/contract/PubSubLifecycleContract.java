package io.hyperfleet.local.pubsub.contract;

import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.anyId;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.subscriptionName;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.topicName;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.pubsub.v1.UpdateTopicRequest;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics and subscriptions come, change and go, with the right status codes. */
abstract class PubSubLifecycleContract extends PubSubContract {

  @Test
  void createsGetsAndDeletesATopicOnce() {
    var topic = client.newTopic();
    assertThat(getTopic(topic).getName()).isEqualTo(topic);
    assertRefused(ALREADY_EXISTS, () -> client.publisher().createTopic(Topic.newBuilder().setName(topic).build()));

    deleteTopic(topic);
    assertRefused(NOT_FOUND, () -> getTopic(topic));
    assertRefused(NOT_FOUND, () -> deleteTopic(topic));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "topics/abc", "projects/p1/topics/ab", "projects/p1/topics/1abc",
      "projects/p1/topics/goog-abc", "projects/p1/topics/a b c", "projects/p1/subscriptions/abc"})
  void refusesATopicWithAnInvalidName(String name) {
    assertRefused(INVALID_ARGUMENT, () -> client.publisher().createTopic(Topic.newBuilder().setName(name).build()));
  }

  @Test
  void createsGetsAndDeletesASubscriptionOnce() {
    var topic = client.newTopic();
    var subscription = client.newSubscription(topic);
    var stored = getSubscription(subscription);
    assertThat(stored.getTopic()).isEqualTo(topic);
    assertThat(stored.getAckDeadlineSeconds()).isEqualTo(10);
    assertThat(stored.getMessageRetentionDuration().getSeconds()).isEqualTo(7 * 24 * 3600);
    assertRefused(ALREADY_EXISTS, () -> client.newSubscription(topic, s -> s.setName(subscription)));

    deleteSubscription(subscription);
    assertRefused(NOT_FOUND, () -> getSubscription(subscription));
    assertRefused(NOT_FOUND, () -> deleteSubscription(subscription));
    assertRefused(NOT_FOUND, () -> client.pull(subscription, 1));
  }

  @Test
  void refusesASubscriptionWithoutTopicOrOutOfBounds() {
    var topic = client.newTopic();
    assertRefused(NOT_FOUND, () -> client.newSubscription(topicName(anyId())));
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription("no-topic-name"));
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription(topic, s -> s.setName("no-name")));
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription(topic, s -> s.setAckDeadlineSeconds(601)));
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription(topic, s -> {
      s.getMessageRetentionDurationBuilder().setSeconds(1);
      return s;
    }));
  }

  @Test
  void refusesAnAckDeadlineBelowTenSeconds() {
    skipOnEmulator("takes shorter ack deadlines");
    var topic = client.newTopic();
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription(topic, s -> s.setAckDeadlineSeconds(9)));
  }

  @Test
  void listsTopicsAndSubscriptionsPageByPage() {
    var topic = client.newTopic();
    var other = client.newTopic();
    var first = client.newSubscription(topic);
    var second = client.newSubscription(topic);

    assertThat(topicsPageByPage()).contains(topic, other).doesNotHaveDuplicates();
    assertThat(client.publisher().listTopicSubscriptions(
        ListTopicSubscriptionsRequest.newBuilder().setTopic(topic).build()).getSubscriptionsList())
        .containsExactlyInAnyOrder(first, second);
    assertThat(client.subscriber().listSubscriptions(
        ListSubscriptionsRequest.newBuilder().setProject("projects/" + PubSubClient.PROJECT).build())
        .getSubscriptionsList()).extracting(Subscription::getName).contains(first, second);
  }

  @Test
  void changesOnlyWhatTheMaskNames() {
    var subscription = client.newSubscription(client.newTopic());
    update(Subscription.newBuilder().setName(subscription).setAckDeadlineSeconds(30).putLabels("a", "b"),
        "ack_deadline_seconds");
    var changed = getSubscription(subscription);
    assertThat(changed.getAckDeadlineSeconds()).isEqualTo(30);
    assertThat(changed.getLabelsMap()).isEmpty();
  }

  @Test
  void refusesAnUpdateThatNamesNothingUnknownOrFixedFields() {
    var same = Subscription.newBuilder().setName(client.newSubscription(client.newTopic())).setAckDeadlineSeconds(30);
    assertRefused(INVALID_ARGUMENT, () -> update(same));
    assertRefused(INVALID_ARGUMENT, () -> update(same, "nonsense"));
    assertRefused(INVALID_ARGUMENT, () -> update(same, "topic"));
    assertRefused(INVALID_ARGUMENT, () -> update(same, "enable_message_ordering"));
    var missing = Subscription.newBuilder().setName(subscriptionName(anyId()));
    assertRefused(NOT_FOUND, () -> update(missing, "ack_deadline_seconds"));
  }

  @Test
  void changesATopicsLabels() {
    skipOnEmulator("knows no labels of a topic");
    var topic = client.newTopic();
    client.publisher().updateTopic(UpdateTopicRequest.newBuilder()
        .setTopic(Topic.newBuilder().setName(topic).putLabels("a", "b"))
        .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
        .build());
    assertThat(getTopic(topic).getLabelsMap()).containsEntry("a", "b");
  }

  @Test
  void keepsTheSubscriptionsOfADeletedTopicAndTheirMessages() {
    var topic = client.newTopic();
    var subscription = client.newSubscription(topic);
    client.publish(topic, "left");
    deleteTopic(topic);

    assertThat(getSubscription(subscription).getTopic()).isEqualTo("_deleted-topic_");
    assertThat(client.pull(subscription, 1)).extracting(PubSubClient::body).containsExactly("left");
  }

  private ArrayList<String> topicsPageByPage() {
    var names = new ArrayList<String>();
    var token = "";
    do {
      var page = client.publisher().listTopics(ListTopicsRequest.newBuilder()
          .setProject("projects/" + PubSubClient.PROJECT).setPageSize(1).setPageToken(token).build());
      page.getTopicsList().forEach(topic -> names.add(topic.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return names;
  }

  private Topic getTopic(String name) {
    return client.publisher().getTopic(GetTopicRequest.newBuilder().setTopic(name).build());
  }

  private void deleteTopic(String name) {
    client.publisher().deleteTopic(DeleteTopicRequest.newBuilder().setTopic(name).build());
  }

  private Subscription getSubscription(String name) {
    return client.subscriber().getSubscription(GetSubscriptionRequest.newBuilder().setSubscription(name).build());
  }

  private void deleteSubscription(String name) {
    client.subscriber().deleteSubscription(DeleteSubscriptionRequest.newBuilder().setSubscription(name).build());
  }

  private void update(Subscription.Builder changed, String... paths) {
    var mask = FieldMask.newBuilder();
    for (var path : paths) {
      mask.addPaths(path);
    }
    client.subscriber().updateSubscription(
        UpdateSubscriptionRequest.newBuilder().setSubscription(changed).setUpdateMask(mask).build());
  }
}
