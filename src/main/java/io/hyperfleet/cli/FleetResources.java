package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.ApiClient.Answer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The resources of a fleet: finds them by kind and name or id, and lists them without keeping them in memory. */
final class FleetResources {

  private static final int PAGE = 100;
  private static final String FIRST = "00000000-0000-0000-0000-000000000000";
  private static final int MOST_NAMED = 100;
  private static final String BASE = "/api/hyperfleet/v1/";
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?");
  private static final Pattern COLLECTION = Pattern.compile(BASE + "([a-z][a-z0-9]*)/\\{[^/]+}/statuses");
  private static final Kind CLUSTER = new Kind("Cluster", "clusters");
  private static final Kind NODE_POOL = new Kind("NodePool", "nodepools");
  private static final Map<String, Kind> USUAL = Map.of("cluster", CLUSTER, "clusters", CLUSTER, "nodepool", NODE_POOL,
      "nodepools", NODE_POOL);

  private final ApiClient api;

  FleetResources(ApiClient api) {
    this.api = api;
  }

  /** A kind of the API: its name, as in bodies, and its plural, as in paths. */
  record Kind(String name, String plural) {}

  /** The plural of a kind; see {@link #kind}. */
  String plural(String word) {
    return kind(word).plural();
  }

  /**
   * Finds a kind by its name or plural, in any case.
   *
   * @throws FleetException when the API has no such kind; the message names those that it has
   */
  Kind kind(String word) {
    var wanted = word.toLowerCase(Locale.ROOT);
    var usual = USUAL.get(wanted);
    if (usual != null) {
      return usual;
    }
    var kinds = kinds();
    if (kinds.containsKey(wanted)) {
      return kinds.get(wanted);
    }
    throw new FleetException(Exit.WRONG, "unknown kind '" + word + "'; the API has "
        + kinds.values().stream().map(Kind::plural).distinct().sorted().collect(Collectors.joining(", ")));
  }

  /** Kinds by plural and by name, in lower case. */
  private Map<String, Kind> kinds() {
    var kinds = new TreeMap<>(USUAL);
    api.get("/openapi").body().path("paths").properties().forEach(path -> {
      var collection = COLLECTION.matcher(path.getKey());
      if (collection.matches() && !collection.group(1).equals("resources")) {
        var kind = new Kind(path.getValue().path("get").path("x-kind").asText(), collection.group(1));
        kinds.put(kind.plural(), kind);
        if (!kind.name().isEmpty()) {
          kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
      }
    });
    return kinds;
  }

  /**
   * A resource with its reports, by name or id.
   *
   * @throws FleetException when there is none, or several with that name; the message then lists their ids
   */
  Answer named(String plural, String word) {
    if (ID.matcher(word).matches()) {
      try {
        return api.get(path(plural, word) + "?include=statuses");
      } catch (ApiClient.Refused e) {
        // It may be a name, too.
        if (e.exit() != Exit.NOT_FOUND) {
          throw e;
        }
      }
    }
    var found = api.get("/" + plural + "?size=" + MOST_NAMED + "&fields=id,name,owner_references.*&search="
        + ApiClient.encoded("name = '" + word.replace("'", "''") + "'")).body();
    var items = found.path("items");
    if (items.isEmpty()) {
      throw new FleetException(Exit.NOT_FOUND, "no resource has the name or id '" + word + "' among " + plural);
    }
    if (items.size() > 1) {
      throw new FleetException(Exit.WRONG, "'" + word + "' is the name of " + found.path("total").asText() + " "
          + plural + "; use one of these ids:" + StreamSupport.stream(items.spliterator(), false)
              .map(FleetResources::listed).collect(Collectors.joining()));
    }
    return api.get(path(plural, items.path(0).path("id").asText()) + "?include=statuses");
  }

  private static String listed(JsonNode item) {
    var owner = item.path("owner_references");
    return "\n  " + TerminalText.clean(item.path("id").asText() + (owner.hasNonNull("id")
        ? " of " + owner.path("kind").asText() + " " + owner.path("id").asText()
        : ""));
  }

  /** The path of a resource; an id is always encoded as one segment. */
  static String path(String plural, String id) {
    return "/" + plural + "/" + ApiClient.encoded(id);
  }

  /** The path of a returned resource. */
  static String path(String plural, JsonNode resource) {
    return path(plural, resource.path("id").asText());
  }

  /**
   * Passes every resource of a kind to a consumer in order of creation, page by page, without keeping them.
   *
   * @param notReady whether to skip resources that are Ready
   * @param labels wanted values of labels
   * @return how many there were
   */
  long each(String plural, boolean notReady, Map<String, String> labels, BiConsumer<JsonNode, Instant> consumer) {
    // By ids after the last one: a page's cost depends on its size only, and pages are stable while resources are
    // created or deleted. Lists with due=false cannot be used, since they omit paused resources.
    var query = "/" + plural + "?order=id&size=" + PAGE + (notReady ? "&status=NotReady" : "") + "&search=";
    var selected = labels.isEmpty() ? "" : " and " + search(labels);
    long count = 0;
    for (String after = FIRST;;) {
      var answer = api.get(query + ApiClient.encoded("id > '" + after + "'" + selected));
      var items = answer.body().path("items");
      for (JsonNode item : items) {
        consumer.accept(item, answer.time());
        count++;
      }
      if (items.size() < PAGE) {
        return count;
      }
      var last = items.path(items.size() - 1).path("id").asText();
      if (!ID.matcher(last).matches() || last.compareTo(after) <= 0) {
        throw new FleetException(Exit.AWAY, "the API returned pages out of order, after id " + after);
      }
      after = last;
    }
  }

  /** A search for labels. */
  static String search(Map<String, String> labels) {
    return labels.entrySet().stream().map(label -> {
      if (!LABEL.matcher(label.getKey()).matches()) {
        throw new FleetException(Exit.WRONG, "'" + label.getKey()
            + "' is not a label key; use letters, digits, dots, hyphens, underscores and at most one slash");
      }
      return "labels.`" + label.getKey() + "` = '" + label.getValue().replace("'", "''") + "'";
    }).collect(Collectors.joining(" and "));
  }

  /** Labels of the form key=value. */
  static Map<String, String> labels(List<String> texts) {
    var labels = new LinkedHashMap<String, String>();
    for (String text : texts) {
      for (String one : text.split(",")) {
        int equals = one.indexOf('=');
        if (equals < 1) {
          throw new FleetException(Exit.WRONG, "--selector " + one + ": must be key=value");
        }
        labels.put(one.substring(0, equals).strip(), one.substring(equals + 1).replaceFirst("^=", "").strip());
      }
    }
    return labels;
  }
}
