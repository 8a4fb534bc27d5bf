package io.hyperfleet.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.api.management.ManagedCamelContext;
import org.junit.jupiter.api.Test;

/**
 * With ordering keys, two relays publish the events of each resource in the order of its changes; what adapters of
 * their process are about to get a subscription for waits.
 */
class OrderingKeysIT {

  private static final int CLUSTERS = 5;
  private static final int CHANGES = 10;
  private static final int IDLE_POLLS = 15;
  private static final String SUBSCRIPTION = "projects/hyperfleet/subscriptions/in-order";

  @Test
  void publishesTheEventsOfAResourceInOrder() {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox", "hyperfleet.broker.ordering-keys=true",
        "hyperfleet.broker.request-timeout=1m");
        var relay = LocalFleet.start("hyperfleet.roles=outbox", "hyperfleet.broker.ordering-keys=true",
            "hyperfleet.broker.request-timeout=1m",
            "spring.datasource.url=" + fleet.property("spring.datasource.url"),
            "spring.datasource.username=" + fleet.property("spring.datasource.username"),
            "hyperfleet.broker.emulator-host=" + fleet.property("hyperfleet.broker.emulator-host"))) {
      var channel = ManagedChannelBuilder.forTarget(fleet.property("hyperfleet.broker.emulator-host")).usePlaintext()
          .build();
      try {
        await().until(() -> relay.management("/readyz").status() == 200
            && fleet.management("/readyz").status() == 200);
        var subscriber = SubscriberGrpc.newBlockingStub(channel);
        subscriber.createSubscription(Subscription.newBuilder().setName(SUBSCRIPTION).setEnableMessageOrdering(true)
            .setTopic("projects/hyperfleet/topics/hyperfleet.clusters.changed.v1").setAckDeadlineSeconds(60).build());
        var ids = IntStream.range(0, CLUSTERS).mapToObj(i -> fleet.createCluster("ordered-" + i)).toList();
        for (int change = 1; change < CHANGES; change++) {
          for (String id : ids) {
            fleet.patch("/clusters/" + id, "{\"spec\":{\"change\":" + change + "}}");
          }
        }

        var generations = receiveAll(subscriber).stream().collect(Collectors.groupingBy(PubsubMessage::getOrderingKey,
            Collectors.mapping(OrderingKeysIT::generation, Collectors.toList())));

        assertThat(generations.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(generations.values()).allSatisfy(each -> assertThat(each)
            .containsExactlyElementsOf(IntStream.rangeClosed(1, CHANGES).boxed().toList()));
        pollsTenTimesASecondWhenIdle(relay);
        publishesNothingBeforeAdaptersCanReceive(fleet, relay);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** A slow machine polls less often; none may poll more often. */
  private static void pollsTenTimesASecondWhenIdle(LocalFleet relay) {
    var route = relay.camel().getCamelContextExtension().getContextPlugin(ManagedCamelContext.class)
        .getManagedRoute("outbox-poll");
    await().untilAsserted(() -> assertThat(route.getExchangesInflight()).isZero());
    long start = System.nanoTime();
    long before = route.getExchangesTotal();

    await().until(() -> route.getExchangesTotal() >= before + IDLE_POLLS);

    var took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(route.getExchangesTotal() - before).isLessThanOrEqualTo(took.toMillis() / 100 + 2);
  }

  private static void publishesNothingBeforeAdaptersCanReceive(LocalFleet... relays) {
    for (LocalFleet relay : relays) {
      relay.context().getBean(Subscriptions.class).declare("late", "hyperfleet.clusters.changed.v1", "late", true);
    }
    var event = "/events?published=false&aggregate_id=" + relays[0].createCluster("early");
    var route = relays[0].camel().getCamelContextExtension().getContextPlugin(ManagedCamelContext.class)
        .getManagedRoute("outbox-poll");
    long before = route.getExchangesTotal();
    await().until(() -> route.getExchangesTotal() >= before + IDLE_POLLS);
    assertThat(relays[0].get(event).body().path("total").asInt()).isEqualTo(1);

    for (LocalFleet relay : relays) {
      relay.context().getBean(Subscriptions.class).withdraw("late", "late");
    }
    await().until(() -> relays[0].get(event).body().path("total").asInt() == 0);
  }

  private static List<PubsubMessage> receiveAll(SubscriberGrpc.SubscriberBlockingStub subscriber) {
    var messages = new ArrayList<PubsubMessage>();
    await().atMost(Duration.ofSeconds(60)).until(() -> {
      var received = subscriber.pull(PullRequest.newBuilder().setSubscription(SUBSCRIPTION).setMaxMessages(100).build())
          .getReceivedMessagesList();
      received.forEach(each -> messages.add(each.getMessage()));
      if (!received.isEmpty()) {
        subscriber.acknowledge(AcknowledgeRequest.newBuilder().setSubscription(SUBSCRIPTION)
            .addAllAckIds(received.stream().map(ReceivedMessage::getAckId).toList()).build());
      }
      return messages.stream().filter(message -> generation(message) == CHANGES).count() == CLUSTERS;
    });
    return messages;
  }

  private static int generation(PubsubMessage message) {
    try {
      return new ObjectMapper().readTree(message.getData().toByteArray()).at("/data/generation").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
