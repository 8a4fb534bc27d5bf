import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Creates a cluster and prints what happens to it until it is Ready. Needs a JDK and nothing else:
 *
 * <pre>java examples/Timeline.java [api-url] [cluster.json] [seconds-to-wait]</pre>
 *
 * A report that says the same as the one before it is not printed again. Exit code: 0 = Ready, 1 = anything else.
 */
public final class Timeline {

  private static final String BASE_PATH = "/api/hyperfleet/v1";
  private static final Duration PAUSE = Duration.ofMillis(200);
  /** Lines are this much older than the last look, so that what the next one shows still finds its place. */
  private static final Duration SETTLE = Duration.ofMillis(600);

  private record Line(Instant time, String actor, String text) {}

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String api;
  private final List<Line> waiting = new ArrayList<>();
  private final Map<String, String> lastReports = new HashMap<>();
  private final Map<String, String> lastChanges = new HashMap<>();
  private final Set<Object> seenEvents = new HashSet<>();
  private String phase = "NotReady";
  private Instant start;

  private Timeline(String api) {
    this.api = api.contains("/api/") ? api : api.replaceFirst("/+$", "") + BASE_PATH;
  }

  public static void main(String[] args) throws Exception {
    var timeline = new Timeline(args.length > 0 ? args[0] : "http://localhost:8000");
    var file = Path.of(args.length > 1 ? args[1] : "examples/cluster.json");
    var limit = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 180);
    try {
      System.exit(timeline.watch(timeline.create(Files.readString(file)), limit) ? 0 : 1);
    } catch (NoSuchFileException e) {
      System.err.println("There is no file " + file + ". Start this where the folder examples is, or name the file.");
    } catch (IOException e) {
      System.err.println("No answer from " + timeline.api + " (" + e + ")."
          + " Start HyperFleet with ./mvnw spring-boot:test-run, or pass the URL of the API.");
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
    }
    System.exit(1);
  }

  /** Creates the cluster and answers its id; where its name is taken, with a new ending. */
  private String create(String json) throws IOException, InterruptedException {
    var answer = send("POST", "/clusters", json);
    if (answer.statusCode() == 409) {
      var name = text((Map<?, ?>) Json.read(json), "name");
      var free = name.substring(0, Math.min(name.length(), 40)) + "-" + Long.toString(System.currentTimeMillis(), 36);
      answer = send("POST", "/clusters", json.replaceFirst("(\"name\"\\s*:\\s*\")" + name + "\"", "$1" + free + "\""));
    }
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("The cluster was not created: " + answer.statusCode() + " " + answer.body());
    }
    var cluster = (Map<?, ?>) Json.read(answer.body());
    start = Instant.parse(text(cluster, "created_time"));
    add(text(cluster, "created_time"), "API", "creates   " + text(cluster, "name") + " (" + text(cluster, "id") + ")");
    return text(cluster, "id");
  }

  private boolean watch(String id, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!phase.equals("Ready") && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE.toMillis());
      var asked = Instant.now();
      var cluster = get("/clusters/" + id + "?include=statuses");
      list(cluster, "adapter_statuses").forEach(this::report);
      list(get("/events?size=100&aggregate_id=" + id), "items").forEach(this::event);
      phase((Map<?, ?>) cluster.get("status"));
      print(asked.minus(SETTLE));
    }
    print(Instant.MAX);
    if (!phase.equals("Ready")) {
      System.err.println("Not Ready within " + limit.toSeconds() + " s; see " + api + "/clusters/" + id + "/statuses");
    }
    return phase.equals("Ready");
  }

  private void phase(Map<?, ?> status) {
    if (!phase.equals(text(status, "phase"))) {
      // The report that completed it is the last one that changed anything.
      var time = lastChanges.values().stream().max(Comparator.naturalOrder());
      add(time.orElse(text(status, "last_transition_time")), "API",
          "phase     " + phase + " -> " + text(status, "phase"));
      phase = text(status, "phase");
    }
  }

  private void event(Map<?, ?> event) {
    if (seenEvents.add(event.get("event_id"))) {
      var source = text(event, "source");
      add(text(event, "created_time"), source.equals("sentinel") ? "Sentinel" : "API",
          "event     generation " + text(event, "generation") + "  " + text(event, "reason") + " (" + source + ")");
    }
  }

  private void report(Map<?, ?> report) {
    var words = new StringBuilder("reports   generation " + text(report, "observed_generation") + " ");
    var message = "";
    var changed = "";
    for (Map<?, ?> condition : list(report, "conditions")) {
      words.append(' ').append(text(condition, "type")).append('=').append(text(condition, "status"));
      if (text(condition, "type").equals("Available")) {
        words.append(" (").append(text(condition, "reason")).append(')');
        message = text(condition, "status").equals("False") ? text(condition, "message") : "";
      }
      changed = Collections.max(List.of(changed, text(condition, "last_transition_time")));
    }
    ((Map<?, ?>) report.get("data")).forEach((key, value) -> words.append("  ").append(key).append('=').append(value));
    words.append(message.isEmpty() ? "" : "\n" + " ".repeat(33) + message);
    var adapter = text(report, "adapter");
    if (!words.toString().equals(lastReports.put(adapter, words.toString()))) {
      // What changed no condition is as old as the report.
      boolean isNew = !changed.equals(lastChanges.put(adapter, changed));
      add(isNew ? changed : text(report, "last_report_time"), adapter, words.toString());
    }
  }

  private void add(String time, String actor, String text) {
    waiting.add(new Line(Instant.parse(time), actor, text));
  }

  private void print(Instant until) {
    waiting.sort(Comparator.comparing(Line::time));
    while (!waiting.isEmpty() && waiting.get(0).time().isBefore(until)) {
      var line = waiting.remove(0);
      long tenths = Duration.between(start, line.time()).toMillis() / 100;
      var time = "%02d:%02d.%d".formatted(tenths / 600, tenths / 10 % 60, tenths % 10);
      System.out.printf("%s  %-11s %s%n", time, line.actor(), line.text());
    }
  }

  private Map<?, ?> get(String path) throws IOException, InterruptedException {
    var answer = send("GET", path, "");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("GET " + path + " was answered " + answer.statusCode() + " " + answer.body());
    }
    return (Map<?, ?>) Json.read(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(api + path)).timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<?, ?>> list(Map<?, ?> object, String field) {
    return (List<Map<?, ?>>) object.get(field);
  }

  /** A field as text, "" where there is none. */
  private static String text(Map<?, ?> object, String field) {
    var value = object.get(field);
    return value == null ? "" : value.toString();
  }

  /** Reads JSON that is known to be well-formed, as the API's is; numbers stay text. */
  private static final class Json {

    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[\\[\\]{}]|[^\\s,:\\[\\]{}\"]+");

    private final Iterator<String> tokens;

    private Json(String text) {
      tokens = TOKEN.matcher(text).results().map(MatchResult::group).iterator();
    }

    static Object read(String text) {
      var json = new Json(text);
      return json.value(json.tokens.next());
    }

    private Object value(String token) {
      if (token.equals("{")) {
        var object = new LinkedHashMap<String, Object>();
        for (var key = tokens.next(); !key.equals("}"); key = tokens.next()) {
          object.put(string(key), value(tokens.next()));
        }
        return object;
      }
      if (token.equals("[")) {
        var array = new ArrayList<>();
        for (var item = tokens.next(); !item.equals("]"); item = tokens.next()) {
          array.add(value(item));
        }
        return array;
      }
      return token.startsWith("\"") ? string(token) : token.equals("null") ? null : token;
    }

    private static String string(String token) {
      return token.substring(1, token.length() - 1).replace("\\/", "/").translateEscapes();
    }
  }
}
