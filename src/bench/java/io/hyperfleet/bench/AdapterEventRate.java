package io.hyperfleet.bench;

import static io.hyperfleet.bench.Measurements.millis;

import io.hyperfleet.local.LocalFleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;

/**
 * B5: events that change nothing, through the route of a job-adapter with two preconditions, against a hand-written
 * loop that makes the same calls with the same clients; both with an in-process source and with a broker. API and
 * Kubernetes are canned answers in this process, which share its cores.
 */
public final class AdapterEventRate {

  private static final int PAIRS = 5;
  private static final int EVENTS = 3_000;
  private static final int SINGLE_EVENTS = 500;
  private static final int CONCURRENCY = 4;
  private static final String TOPIC = "hyperfleet.clusters.changed.v1";
  private static final String OWN_TOPIC = "bench-events";
  private static final byte[] MESSAGE = """
      {"specversion":"1.0","id":"0190","source":"/bench","type":"cluster.changed.v1","datacontenttype":"application/json",
       "data":{"id":"0190b6b4-0000-7000-8000-000000000001","kind":"Cluster","generation":1}}
      """.getBytes(StandardCharsets.UTF_8);

  private AdapterEventRate() {}

  public static void main(String[] args) throws Exception {
    try (var backends = new CannedBackends();
        var loop = new HandWrittenLoop(backends.url(), backends.kubeconfig());
        var fleet = LocalFleet.start("hyperfleet.roles=adapters", "hyperfleet.adapters.enabled=placement",
            "hyperfleet.adapters.object-hint=false", "hyperfleet.api.base-url=" + backends.url(),
            "hyperfleet.kubernetes.kubeconfig=" + backends.kubeconfig(), "logging.level.root=WARN")) {
      Awaitility.await().atMost(Duration.ofSeconds(60))
          .until(() -> fleet.management("/readyz").body().at("/checks/broker").asText().equals("ok"));
      var template = fleet.camel().createProducerTemplate();
      // What a subscription's route does, without the broker.
      BareBroker.Handler route = message -> template.send("direct:bench-placement",
          exchange -> exchange.getIn().setBody(message));
      fleet.camel().addRoutes(new RouteBuilder() {
        @Override
        public void configure() {
          from("direct:bench-placement").setVariable("adapterName", constant("placement"))
              .to("direct:adapter-receive").to("direct:placement-adapter");
        }
      });
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B5 adapter events, nothing changes");
      result.put("reference", "a hand-written loop with the same clients and calls");
      inProcess(backends, loop, route, result);
      withBroker(fleet, backends, loop, result);
      result.put("calls_per_event", calls(backends, route));
      result.put("api", "canned, in process");
      result.put("kubernetes", "canned, in process");
      result.put("broker", System.getenv("PUBSUB_EMULATOR_HOST") == null ? "in process" : "emulator");
      result.put("cores", Runtime.getRuntime().availableProcessors());
      result.put("jdk", Runtime.version().toString());
      System.out.println(Measurements.json(result));
    }
  }

  private static void inProcess(CannedBackends backends, HandWrittenLoop loop, BareBroker.Handler route,
      LinkedHashMap<String, Object> result) throws Exception {
    rate(backends, loop::handle);
    rate(backends, route);
    var reference = new Measurements();
    var ours = new Measurements();
    for (int pair = 0; pair < PAIRS; pair++) {
      reference.add(rate(backends, loop::handle));
      ours.add(rate(backends, route));
    }
    put(result, "in_process", reference, ours);
    var one = new Measurements();
    for (int i = 0; i < SINGLE_EVENTS; i++) {
      long start = System.nanoTime();
      route.handle(MESSAGE);
      one.add(millis(System.nanoTime() - start));
      backends.awaitReports(1);
    }
    result.put("in_process_one_event_ms_p50", one.percentile(50));
    result.put("in_process_one_event_ms_p99", one.percentile(99));
  }

  private static void put(LinkedHashMap<String, Object> result, String source, Measurements reference,
      Measurements ours) {
    result.put(source + "_reference_events_per_second", Math.round(reference.percentile(50)));
    result.put(source + "_events_per_second", Math.round(ours.percentile(50)));
    result.put(source + "_events_per_second_spread",
        Math.round(ours.percentile(1)) + "-" + Math.round(ours.percentile(100)));
    result.put(source + "_events_per_second_and_core",
        Math.round(ours.percentile(50) / Runtime.getRuntime().availableProcessors()));
    result.put(source + "_percent_of_reference",
        Math.round(100 * ours.percentile(50) / reference.percentile(50)));
  }

  private static double rate(CannedBackends backends, BareBroker.Handler handler) throws Exception {
    var executor = Executors.newFixedThreadPool(CONCURRENCY);
    long start = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      executor.submit(() -> {
        handler.handle(MESSAGE);
        return null;
      });
    }
    executor.shutdown();
    executor.awaitTermination(10, TimeUnit.MINUTES);
    double rate = EVENTS * 1e9 / (System.nanoTime() - start);
    backends.awaitReports(EVENTS);
    return rate;
  }

  private static int calls(CannedBackends backends, BareBroker.Handler route) throws Exception {
    int before = backends.requests();
    route.handle(MESSAGE);
    backends.awaitReports(1);
    return backends.requests() - before;
  }

  private static void withBroker(LocalFleet fleet, CannedBackends backends, HandWrittenLoop loop,
      LinkedHashMap<String, Object> result) throws Exception {
    try (var broker = new BareBroker(fleet)) {
      broker.createTopic(OWN_TOPIC);
      broker.subscribe(OWN_TOPIC, CONCURRENCY, loop::handle);
      brokerRate(backends, () -> broker.publish(OWN_TOPIC, MESSAGE));
      brokerRate(backends, () -> broker.publish(TOPIC, MESSAGE));
      var reference = new Measurements();
      var ours = new Measurements();
      for (int pair = 0; pair < PAIRS; pair++) {
        reference.add(brokerRate(backends, () -> broker.publish(OWN_TOPIC, MESSAGE)));
        ours.add(brokerRate(backends, () -> broker.publish(TOPIC, MESSAGE)));
      }
      put(result, "broker", reference, ours);
      var one = new Measurements();
      for (int i = 0; i < SINGLE_EVENTS; i++) {
        long start = System.nanoTime();
        broker.publish(TOPIC, MESSAGE);
        broker.flush();
        backends.awaitReports(1);
        one.add(millis(System.nanoTime() - start));
      }
      result.put("broker_one_event_ms_p50", one.percentile(50));
      result.put("broker_one_event_ms_p99", one.percentile(99));
    }
  }

  /** From the first message published to the last report taken. */
  private static double brokerRate(CannedBackends backends, Runnable publish) throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      publish.run();
    }
    backends.awaitReports(EVENTS);
    return EVENTS * 1e9 / (System.nanoTime() - start);
  }
}
