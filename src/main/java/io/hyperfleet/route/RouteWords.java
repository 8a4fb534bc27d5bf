package io.hyperfleet.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.yaml.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The keywords of Camel's YAML DSL, to suggest corrections. */
final class RouteWords {

  /** The schemas of Camel that define the content of a route file. */
  private static final String SCHEMA = "/schema/camelYamlDsl.json";

  /** Camel's message -> how ours begins; the word follows. */
  private static final Map<Pattern, String> UNKNOWN = Map.of(
      Pattern.compile("Unknown node id: (\\S+)"), "unknown step ",
      Pattern.compile("Unsupported field: (\\S+)"), "unknown key ");

  /** Read once: the schema is large, and these are asked for each entry of each file. */
  private static final class Entries {
    static final Set<String> NAMES = Collections.unmodifiableSet(keys(schema().path("items").path("properties")));
  }

  private RouteWords() {}

  /** Camel's message in ours where we know better. */
  static String explain(String message) {
    for (var known : UNKNOWN.entrySet()) {
      var match = known.getKey().matcher(message);
      if (match.find()) {
        return known.getValue() + "'" + match.group(1) + "'" + suggestion(match.group(1));
      }
    }
    return message.strip();
  }

  /** What the entries of a route file may be. */
  static Set<String> entries() {
    return Entries.NAMES;
  }

  private static String suggestion(String word) {
    var all = new TreeSet<String>();
    schema().findValues("properties").forEach(properties -> all.addAll(keys(properties)));
    var meant = meant(word, all);
    return meant.isEmpty() ? "; not part of Camel's YAML DSL" : meant;
  }

  /** Asks for the word among some that another one is most likely meant to be; empty where none is near. */
  static String meant(String word, Set<String> words) {
    return words.stream().filter(near -> Spelling.isNear(word, near))
        .min(Comparator.comparingInt(near -> Spelling.distance(word, near)))
        .map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static Set<String> keys(JsonNode properties) {
    var keys = new TreeSet<String>();
    properties.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static JsonNode schema() {
    try (InputStream in = RouteWords.class.getResourceAsStream(SCHEMA)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
