package io.hyperfleet.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.HostName;
import io.hyperfleet.role.Release;
import io.hyperfleet.role.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Announces to the API which adapters this process runs, which of their folders are broken, and which are suspended.
 * The API shows this to operators, and requests the content of revisions that it does not have.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterAnnouncements {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterAnnouncements.class);
  /** {@code file:line: key: message}, the format of a folder's problems. */
  private static final Pattern PROBLEM = Pattern.compile("([^:]{1,500}\\.ya?ml)(?::(\\d{1,6}))?: (.*)", Pattern.DOTALL);
  private static final int MOST_PROBLEMS = 20;
  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AdapterRegistry adapters;
  private final FollowedDefinitions followed;
  private final String announcer;
  /** Time at which the content of a revision was sent, by digest. */
  private final Map<String, Instant> sent = new ConcurrentHashMap<>();
  private final Clock clock = Clock.systemUTC();
  private final AtomicBoolean refused = new AtomicBoolean();

  AdapterAnnouncements(AdapterRegistry adapters, FollowedDefinitions followed) {
    this.adapters = adapters;
    this.followed = followed;
    this.announcer = announcer(HostName.get(), ProcessHandle.current().pid());
  }

  /** The name of a process: host name and process id, in characters that the API accepts. */
  static String announcer(String host, long pid) {
    var name = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+", "");
    var end = "-" + pid;
    return (name.length() > 128 - end.length() ? name.substring(0, 128 - end.length()) : name.isEmpty() ? "host" : name)
        + end;
  }

  /** The announcement of this process. */
  public Map<String, Object> describe() {
    var broken = adapters.broken();
    var described = new TreeMap<String, Map<String, Object>>();
    for (AdapterDefinition definition : adapters.all()) {
      var adapter = new LinkedHashMap<String, Object>();
      adapter.put("name", definition.name());
      adapter.put("kind", definition.kind());
      adapter.put("template", definition.template().name());
      adapter.put("digest", definition.digest());
      adapter.put("suspended", definition.workload().suspended());
      if (definition.workload().inWaves()) {
        adapter.put("in_waves", true);
      }
      var unusable = followed.unusable(definition.name());
      if (!unusable.isEmpty()) {
        adapter.put("unusable", unusable.entrySet().stream()
            .map(entry -> Map.of("digest", entry.getKey(), "message", entry.getValue())).toList());
      }
      described.put(definition.name(), adapter);
    }
    // A folder may have any name.
    broken.forEach((name, problems) -> {
      if (AdapterNames.isName(name)) {
        var adapter = described.computeIfAbsent(name, key -> new LinkedHashMap<>(Map.of("name", key)));
        adapter.put("broken", parts(problems));
      }
    });
    return Map.of("version", Release.version(), "adapters", List.copyOf(described.values()));
  }

  /** Addresses the PUT of the announcement. */
  public void address(Exchange exchange) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setHeader(Exchange.HTTP_METHOD, HttpMethods.PUT);
    in.setHeader(Exchange.HTTP_PATH, "/announcements/" + announcer);
    in.setHeader(Exchange.CONTENT_TYPE, "application/json");
  }

  /** A revision whose content the API requests. */
  public record Asked(AdapterDefinition definition) {}

  /**
   * The revisions that run here and whose content the API requests, except those sent a moment ago, which the API may
   * have rejected.
   *
   * @param answer response to an announcement; null or empty if it requests none
   */
  public List<Asked> asked(@Body String answer) {
    if (answer == null || answer.isBlank()) {
      return List.of();
    }
    try {
      var asked = new ArrayList<Asked>();
      var now = clock.instant();
      for (var item : JSON.readTree(answer).path("lacking")) {
        var digest = item.path("digest").asText();
        adapters.find(item.path("adapter").asText()).filter(definition -> definition.digest().equals(digest))
            .filter(definition -> sent.getOrDefault(digest, Instant.MIN).isBefore(now.minus(AGAIN)))
            .map(Asked::new).ifPresent(asked::add);
      }
      return asked;
    } catch (JsonProcessingException e) {
      // Not a HyperFleet API of ours; it gets the announcement all the same.
      return List.of();
    }
  }

  /** Addresses the PUT of a revision's content. */
  public void send(Exchange exchange, @Body Asked asked) {
    var definition = asked.definition();
    sent.put(definition.digest(), clock.instant());
    sent.values().removeIf(time -> time.isBefore(clock.instant().minus(AGAIN)));
    address(exchange);
    var in = exchange.getIn();
    in.setHeader(Exchange.HTTP_PATH,
        "/announcements/" + announcer + "/revisions/" + definition.name() + "/" + definition.digest());
    in.setBody(definition.revision().content());
  }

  /** The API rejects announcements: it is of another release, or this process may not announce. Logged once. */
  public void refused(Exchange exchange) {
    if (refused.compareAndSet(false, true)) {
      LOG.info("the API rejects the announcements of this process: {}",
          exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class).getMessage());
    }
  }

  static List<Map<String, Object>> parts(String problems) {
    var parts = new ArrayList<Map<String, Object>>();
    problems.lines().limit(MOST_PROBLEMS).forEach(line -> {
      var part = new LinkedHashMap<String, Object>();
      var matcher = PROBLEM.matcher(line);
      if (matcher.matches()) {
        part.put("file", inFolder(Path.of(matcher.group(1))));
        if (matcher.group(2) != null) {
          part.put("line", Integer.valueOf(matcher.group(2)));
        }
        part.put("message", matcher.group(3));
      } else {
        part.put("message", line);
      }
      parts.add(part);
    });
    return parts;
  }

  /** The adapter's folder and the file in it, without the path of the directory. */
  private static String inFolder(Path file) {
    int names = file.getNameCount();
    return file.subpath(Math.max(0, names - 2), names).toString();
  }
}
