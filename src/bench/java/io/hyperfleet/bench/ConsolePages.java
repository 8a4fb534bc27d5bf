package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * B12: how long the console takes to answer, with the API that it asks in the same process: the fleet's first page and
 * its last one, what an open page asks for every two seconds, a search, and a cluster. The reference is the API's own
 * list of as many clusters, asked in turn with the first page. A size and a number of rounds can be given.
 */
public final class ConsolePages {

  private static final int CLUSTERS = 10_000;
  private static final int ROUNDS = 500;
  private static final int WARM_UP = 200;
  private static final String LIST = "/api/hyperfleet/v1/clusters?order=id&size=51&include=statuses&search=id+%3E+%2700000000-0000-7000-8000-000000005000%27";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String server;

  private ConsolePages(LocalFleet fleet) {
    server = "http://localhost:" + fleet.apiPort();
  }

  public static void main(String[] args) throws Exception {
    int clusters = args.length > 0 ? Integer.parseInt(args[0]) : CLUSTERS;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    var result = new LinkedHashMap<String, Object>();
    result.put("scenario", "B12 pages of the console");
    result.put("unit", "ms");
    result.put("clusters", clusters);
    result.put("rounds", rounds);
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,console", "logging.level.root=WARN")) {
      new LoadedFleet(fleet).growTo(clusters);
      reports(fleet);
      new ConsolePages(fleet).measure(rounds, result);
      result.putAll(Measurements.environment(fleet));
    }
    System.out.println(Measurements.json(result));
  }

  /** Each cluster has reports of four adapters with sentences; one in a hundred is not Ready. */
  private static void reports(LocalFleet fleet) {
    var jdbc = fleet.context().getBean(JdbcClient.class);
    jdbc.sql("""
        insert into adapter_statuses (id, resource_id, adapter, observed_generation, conditions, created_time,
          last_report_time, last_definitive_status, last_definitive_generation, last_definitive_time)
        select gen_random_uuid(), r.id, adapter, 1, '[
          {"type": "Available", "status": "True", "reason": "JobSucceeded", "message": "The Job has done what it had to do",
           "last_transition_time": "2026-11-30T14:00:00Z"},
          {"type": "Applied", "status": "True", "last_transition_time": "2026-11-30T14:00:00Z"},
          {"type": "Health", "status": "True", "last_transition_time": "2026-11-30T14:00:00Z"}]', now(), now(), 'True', 1, now()
        from resources r, unnest(array['validation', 'dns', 'placement', 'hyperfleet']) adapter
        on conflict do nothing""").update();
    jdbc.sql("update resources set phase = 'NotReady' where right(id::text, 2) = '00'").update();
    jdbc.sql("analyze resources").update();
    jdbc.sql("analyze adapter_statuses").update();
  }

  private void measure(int rounds, Map<String, Object> result) throws Exception {
    var first = get("/console/");
    var pages = new LinkedHashMap<String, String>();
    pages.put("api_list", LIST);
    pages.put("fleet", "/console/");
    pages.put("fleet_last", "/console/?after=r:00000000-0000-7000-8000-000000009940");
    pages.put("fleet_poll", found(first, "hx-get=\"(/console/\\?[^\"]*ids=[^\"]*)\""));
    pages.put("fleet_search", "/console/?text=cluster-99");
    pages.put("cluster", found(first, "href=\"(/console/resources/[^\"]*)\""));
    var times = new LinkedHashMap<String, Measurements>();
    for (int round = -Math.min(WARM_UP, rounds); round < rounds; round++) {
      for (var page : pages.entrySet()) {
        long start = System.nanoTime();
        get(page.getValue());
        if (round >= 0) {
          times.computeIfAbsent(page.getKey(), name -> new Measurements())
              .add(Measurements.millis(System.nanoTime() - start));
        }
      }
    }
    times.forEach((name, values) -> result.put(name,
        Map.of("p50", values.percentile(50), "p99", values.percentile(99))));
  }

  private static String found(String page, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(page);
    if (!matcher.find()) {
      throw new IllegalStateException("not on the page: " + pattern);
    }
    return matcher.group(1).replace("&amp;", "&");
  }

  private String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server + path));
    if (path.contains("ids=")) {
      request.header("HX-Request", "true");
    }
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
