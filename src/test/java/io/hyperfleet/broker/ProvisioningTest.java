package io.hyperfleet.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is created at the broker, and what is said of what is there but will not do. */
class ProvisioningTest {

  private static final String MISSING = "it does not exist in the project of hyperfleet.broker.project-id; create "
      + "it, or set hyperfleet.broker.create-missing=true";
  private static final String PROJECT = "projects/hyperfleet/";

  private static LocalPubSub broker;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() {
    broker = LocalPubSub.start(0);
    channel = ManagedChannelBuilder.forTarget(broker.endpoint()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    broker.close();
  }

  @Test
  void createsSubscriptionsWithTheirPoliciesAndKeepsDeadLetters() throws IOException {
    try (var admin = new Admin("create-missing", "true", "ordering-keys", "true", "dead-letter-topic", "dead",
        "subscription.retry-min-backoff", "2s", "subscription.max-delivery-attempts", "7")) {
      admin.it.requireSubscription("created", "events");

      var created = subscription("created");
      assertThat(created.getTopic()).isEqualTo(PROJECT + "topics/events");
      assertThat(created.getAckDeadlineSeconds()).isEqualTo(60);
      assertThat(created.getMessageRetentionDuration().getSeconds()).isEqualTo(7 * 24 * 3600);
      assertThat(created.hasExpirationPolicy()).isTrue();
      assertThat(created.getExpirationPolicy().hasTtl()).isFalse();
      assertThat(created.getEnableMessageOrdering()).isTrue();
      assertThat(created.getRetryPolicy().getMinimumBackoff().getSeconds()).isEqualTo(2);
      assertThat(created.getRetryPolicy().getMaximumBackoff().getSeconds()).isEqualTo(600);
      assertThat(created.getDeadLetterPolicy().getDeadLetterTopic()).isEqualTo(PROJECT + "topics/dead");
      assertThat(created.getDeadLetterPolicy().getMaxDeliveryAttempts()).isEqualTo(7);
      assertThat(subscription("dead-sub").getTopic()).isEqualTo(PROJECT + "topics/dead");

      admin.it.requireSubscription("created", "events");
      admin.it.requireDeadLetters();
    }
  }

  @Test
  void namesWhatIsMissingOrUnfit() throws IOException {
    try (var admin = new Admin("create-missing", "true")) {
      admin.it.requireSubscription("plain", "one-topic");
      admin.it.requireTopic("another-topic");
    }
    try (var admin = new Admin("dead-letter-topic", "nobody-made-it")) {
      assertThat(problem(admin, "plain", "another-topic")).isEqualTo("subscription plain belongs to the topic "
          + PROJECT + "topics/one-topic, not to " + PROJECT
          + "topics/another-topic: delete it, or configure another subscription");
      assertThat(problem(admin, "none", "one-topic")).isEqualTo(MISSING);
      assertThatThrownBy(admin.it::requireDeadLetters)
          .satisfies(e -> assertThat(BrokerErrors.describe("it", (Exception) e)).isEqualTo(MISSING));
    }
    try (var admin = new Admin("ordering-keys", "true")) {
      assertThat(problem(admin, "plain", "one-topic")).startsWith("subscription plain has message ordering disabled");
    }
  }

  @ParameterizedTest
  @CsvSource({"subscription.ack-deadline,9s", "subscription.retention,1m", "subscription.retry-max-backoff,11m",
      "subscription.retry-min-backoff,-1s"})
  void refusesWhatPubSubWouldRefuse(String key, String value) {
    assertThatThrownBy(() -> properties(Map.of(key, value)))
        .rootCause().hasMessageStartingWith("hyperfleet.broker." + key + ": ");
  }

  private static String problem(Admin admin, String subscription, String topic) {
    try {
      admin.it.requireSubscription(subscription, topic);
      return "";
    } catch (IOException | RuntimeException e) {
      return BrokerErrors.describe("it", e);
    }
  }

  private static Subscription subscription(String name) {
    return SubscriberGrpc.newBlockingStub(channel).getSubscription(
        GetSubscriptionRequest.newBuilder().setSubscription(PROJECT + "subscriptions/" + name).build());
  }

  private static BrokerProperties properties(Map<String, String> settings) {
    var keys = new HashMap<String, String>();
    settings.forEach((key, value) -> keys.put("hyperfleet.broker." + key, value));
    keys.put("hyperfleet.broker.emulator-host", broker.endpoint());
    return new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate("hyperfleet.broker",
        BrokerProperties.class);
  }

  private static final class Admin implements AutoCloseable {

    private final PubSubConnection connection;
    private final BrokerAdmin it;

    Admin(String... settings) {
      var keys = new HashMap<String, String>();
      for (int i = 0; i < settings.length; i += 2) {
        keys.put(settings[i], settings[i + 1]);
      }
      var properties = properties(keys);
      connection = new PubSubConnection(properties);
      it = new BrokerAdmin(properties, connection);
    }

    @Override
    public void close() {
      it.destroy();
      connection.destroy();
    }
  }
}
