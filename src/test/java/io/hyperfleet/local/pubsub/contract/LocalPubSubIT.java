package io.hyperfleet.local.pubsub.contract;

import static io.grpc.Status.Code.UNIMPLEMENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.SeekRequest;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.pubsub.LocalPubSub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The local server fulfils the contract, and says clearly what it does not do. */
class LocalPubSubIT {

  private static LocalPubSub server;
  private static PubSubTarget target;

  @BeforeAll
  static void start() {
    server = LocalPubSub.start(0);
    target = new PubSubTarget(server.endpoint(), false);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void saysWhatToSetWhenItsPortIsTaken() {
    assertThatThrownBy(() -> LocalPubSub.start(server.port()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("port " + server.port(), "hyperfleet.local.pubsub.port", "PUBSUB_EMULATOR_HOST");
  }

  @Test
  void freesItsPortAndEndsItsStreamsWhenItCloses() {
    var closing = LocalPubSub.start(LocalFleet.freePort());
    try (var client = new PubSubClient(closing.endpoint())) {
      var topic = client.newTopic();
      var stream = client.stream(client.newSubscription(topic));
      client.publish(topic, "a");
      await().untilAsserted(() -> assertThat(stream.received()).hasSize(1));
      closing.close();
      await().until(() -> stream.end() != null);
    }
    LocalPubSub.start(closing.port()).close();
  }

  @Test
  void refusesWhatItDoesNotHave() {
    try (var client = new PubSubClient(server.endpoint())) {
      var topic = client.newTopic();
      PubSubContract.assertRefused(UNIMPLEMENTED,
          () -> client.newSubscription(topic, s -> s.setFilter("attributes.a = \"b\"")));
      PubSubContract.assertRefused(UNIMPLEMENTED,
          () -> client.newSubscription(topic, s -> s.setEnableExactlyOnceDelivery(true)));
      PubSubContract.assertRefused(UNIMPLEMENTED, () -> client.subscriber().seek(SeekRequest.getDefaultInstance()));
    }
  }

  @Nested
  class Lifecycle extends PubSubLifecycleContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Publish extends PubSubPublishContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Delivery extends PubSubDeliveryContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Streaming extends PubSubStreamingContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Policies extends PubSubPolicyContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class GoogleClient extends PubSubGoogleClientContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Camel extends PubSubCamelContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }
}
