package io.hyperfleet.bench;

import static io.hyperfleet.bench.Measurements.millis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/**
 * B3: from the answer to POST /clusters to the callback of a subscriber, fifty a second, against a bare client that
 * publishes to the same broker and receives, as often. The event may well be there before the answer: such a time is
 * below zero.
 */
public final class CreateToEvent {

  private static final int PAIRS = 5;
  private static final int CLIENTS = 4;
  private static final double PER_SECOND = 50;
  private static final Duration RUN = Duration.ofSeconds(10);
  private static final String TOPIC = "hyperfleet.clusters.changed.v1";
  private static final String OWN_TOPIC = "bench-arrivals";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalFleet fleet;
  private final BareBroker broker;
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

  private CreateToEvent(LocalFleet fleet, BareBroker broker) {
    this.fleet = fleet;
    this.broker = broker;
  }

  public static void main(String[] args) throws Exception {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox", "logging.level.root=WARN");
        var broker = new BareBroker(fleet)) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> fleet.management("/readyz").status() == 200);
      var benchmark = new CreateToEvent(fleet, broker);
      broker.createTopic(OWN_TOPIC);
      broker.subscribe(OWN_TOPIC, 1, benchmark::arrived);
      broker.subscribe(TOPIC, 1, benchmark::arrived);
      var reference = new Measurements();
      var ours = new Measurements();
      benchmark.publish(new Measurements());
      benchmark.create(new Measurements());
      for (int pair = 0; pair < PAIRS; pair++) {
        benchmark.publish(reference);
        benchmark.create(ours);
      }
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B3 create to event");
      result.put("unit", "ms");
      result.put("per_second", PER_SECOND);
      result.put("reference", "publish to receive of a bare client");
      result.put("reference_p50", reference.percentile(50));
      result.put("reference_p99", reference.percentile(99));
      result.put("p50", ours.percentile(50));
      result.put("p99", ours.percentile(99));
      result.put("added_p50", Measurements.rounded(ours.percentile(50) - reference.percentile(50)));
      result.put("added_p99", Measurements.rounded(ours.percentile(99) - reference.percentile(99)));
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private void arrived(byte[] message) throws IOException {
    arrivals.put(JSON.readTree(message).at("/data/id").asText(), System.nanoTime());
  }

  private void publish(Measurements latencies) throws Exception {
    run(latencies, started -> () -> {
      var id = UUID.randomUUID().toString();
      started.put(id, System.nanoTime());
      broker.publish(OWN_TOPIC, ("{\"data\": {\"id\": \"" + id + "\"}}").getBytes());
      broker.flush();
    });
  }

  private void create(Measurements latencies) throws Exception {
    run(latencies, started -> new Load.Client() {
      private final KeepAliveClient http = new KeepAliveClient(fleet.apiPort());

      @Override
      public void once() throws IOException {
        var answer = http.send("POST", "/clusters",
            "{\"kind\": \"Cluster\", \"name\": \"c-" + UUID.randomUUID() + "\", \"spec\": {\"region\": \"r1\"}}", 201);
        started.put(JSON.readTree(answer).get("id").asText(), System.nanoTime());
      }

      @Override
      public void close() throws IOException {
        http.close();
      }
    });
  }

  private interface Clients {
    Load.Client open(Map<String, Long> started) throws Exception;
  }

  private void run(Measurements latencies, Clients clients) throws Exception {
    Map<String, Long> started = new ConcurrentHashMap<>();
    arrivals.clear();
    Load.paced(CLIENTS, RUN, PER_SECOND, () -> clients.open(started));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.keySet().containsAll(started.keySet()));
    started.forEach((id, start) -> latencies.add(millis(arrivals.get(id) - start)));
  }
}
