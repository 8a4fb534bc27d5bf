package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.UpstreamApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The route of {@code examples/routes} in a process of role sentinel alone, against HyperFleet's public API. */
class SentinelPublishIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOPIC = "projects/hyperfleet/topics/hyperfleet.clusters.changed.v1";
  private static final String SUBSCRIPTION = "projects/hyperfleet/subscriptions/somebody";

  @Test
  void publishesWhatNeedsAnEventAndNothingElse() throws IOException {
    try (var api = new UpstreamApi()) {
      var expected = new HashMap<String, String>();
      // More than a page: the last of them are on the second one.
      for (int i = 0; i < 105; i++) {
        api.cluster(id(i), 1, reconciled("True", 1, Duration.ofMinutes(5)));
      }
      table(api, expected);
      try (var fleet = LocalFleet.start("hyperfleet.roles=sentinel", "hyperfleet.api.base-url=" + api.url(),
          "hyperfleet.routes.location=examples/routes", "hyperfleet.sentinel.kinds=none")) {
        await().untilAsserted(() -> assertThat(fleet.management("/readyz").body().toString())
            .contains("\"status\":\"ok\"").contains("\"broker\":\"ok\""));
        var events = events(fleet, expected.size());

        events.forEach((resource, message) -> assertThat(reason(message)).as(resource)
            .isEqualTo(expected.get(resource)));
        assertThat(events.keySet()).isEqualTo(expected.keySet());
        assertThat(api.requests()).anyMatch(request -> request.contains("page=2&size=100"))
            .noneMatch(request -> request.contains("POST"));
      }
    }
  }

  private static void table(UpstreamApi api, Map<String, String> expected) {
    var rows = List.of(
        List.of(reconciled("False", 1, Duration.ofSeconds(60)), "not-ready-max-age"),
        List.of(reconciled("False", 1, Duration.ofSeconds(1).negated()), ""),
        List.of(reconciled("True", 1, Duration.ofMinutes(31)), "ready-max-age"),
        List.of(reconciled("True", 1, Duration.ofMinutes(29)), ""),
        List.of(reconciled("True", 0, Duration.ofSeconds(1)), "ready-max-age"),
        List.of("[]", "not-ready-max-age"));
    for (int i = 0; i < rows.size(); i++) {
      api.cluster(id(1000 + i), 1, rows.get(i).get(0));
      if (!rows.get(i).get(1).isEmpty()) {
        expected.put(id(1000 + i), rows.get(i).get(1));
      }
    }
  }

  private static String id(int number) {
    return new UUID(0x0199f3c500007000L, 0x8000000000000000L + number).toString();
  }

  private static String reconciled(String status, int generation, Duration age) {
    var time = Instant.now().minus(age).plus(age.isNegative() ? Duration.ofHours(1) : Duration.ZERO);
    return """
        [{"type": "Reconciled", "status": "%s", "observed_generation": %d, "last_updated_time": "%s",
          "last_transition_time": "%3$s", "created_time": "%3$s", "reason": "R", "message": ""}]"""
        .formatted(status, generation, time);
  }

  /** The first event of each resource, as consumers see them; what is published again later says the same. */
  private static Map<String, PubsubMessage> events(LocalFleet fleet, int wanted) throws IOException {
    var channel = ManagedChannelBuilder.forTarget(fleet.property("hyperfleet.broker.emulator-host")).usePlaintext()
        .build();
    try {
      var subscriber = SubscriberGrpc.newBlockingStub(channel);
      await().ignoreExceptions().until(() -> subscriber.createSubscription(
          Subscription.newBuilder().setName(SUBSCRIPTION).setTopic(TOPIC).setAckDeadlineSeconds(60).build()) != null);
      var events = new HashMap<String, PubsubMessage>();
      await().atMost(Duration.ofSeconds(60)).until(() -> {
        var pulled = subscriber
            .pull(PullRequest.newBuilder().setSubscription(SUBSCRIPTION).setMaxMessages(100).build());
        var acknowledged = new ArrayList<String>();
        for (var received : pulled.getReceivedMessagesList()) {
          acknowledged.add(received.getAckId());
          var event = event(received.getMessage());
          assertThat(event.at("/specversion").asText()).isEqualTo("1.0");
          assertThat(event.at("/data/generation").asInt()).isEqualTo(1);
          assertThat(received.getMessage().getAttributesMap()).containsEntry("ce-id", event.at("/id").asText())
              .containsEntry("ce-type", "cluster.changed.v1").containsKey("content-type");
          events.put(event.at("/data/id").asText(), received.getMessage());
        }
        if (!acknowledged.isEmpty()) {
          subscriber.acknowledge(AcknowledgeRequest.newBuilder().setSubscription(SUBSCRIPTION)
              .addAllAckIds(acknowledged).build());
        }
        return events.size() >= wanted;
      });
      return events;
    } finally {
      channel.shutdownNow();
    }
  }

  private static String reason(PubsubMessage message) {
    return message.getAttributesOrDefault("ce-reason", "");
  }

  private static JsonNode event(PubsubMessage message) throws IOException {
    return JSON.readTree(message.getData().toStringUtf8());
  }
}
