package io.hyperfleet.policy;

import io.hyperfleet.yaml.KubectlScalars;
import io.hyperfleet.yaml.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A problem in a manifest: Kubernetes would reject, drop or convert a value.
 *
 * @param path the place, such as {@code spec.template.spec.containers[0].env[1].value}
 * @param message what is wrong, and what is allowed; no value of the manifest is in it
 */
public record ManifestProblem(String path, String message, ScalarType wanted, Object value) {

  private static final int MOST_NAMES = 25;

  /** A problem that says all there is to say. */
  public static ManifestProblem of(String path, String message) {
    return new ManifestProblem(path, message, null, Unknown.VALUE);
  }

  static ManifestProblem unknownField(String path, String name, Collection<String> known) {
    Optional<String> near = known.stream().filter(other -> Spelling.isNear(name, other))
        .min(Comparator.comparingInt(other -> Spelling.distance(name, other)));
    return of(path, "unknown field; " + near.map(other -> "did you mean " + other + "?").orElseGet(() -> "allowed: "
        + (known.size() > MOST_NAMES
            ? "the fields in Kubernetes' documentation"
            : String.join(", ", new TreeSet<>(known)))));
  }

  /**
   * The message for a file.
   *
   * @param source how the value is written there; empty where it is text, a map or a list
   */
  public String inFile(Optional<String> source) {
    if (value == Unknown.VALUE) {
      return message;
    }
    if (value == Unknown.TEXT) {
      return message + ", but ${...} next to other characters yields text; use ${...} alone";
    }
    boolean text = wanted != null && wanted.takesText();
    if (source.isPresent()) {
      String said = source.get().isEmpty() ? "nothing" : source.get() + " is " + type() + " in YAML";
      return message + ", but " + (source.get().isEmpty() ? "nothing is set" : said)
          + (text ? "; put it in quotes: \"" + source.get() + "\"" : "");
    }
    boolean quoted = value instanceof String scalar && wanted != null && !text
        && wanted.accepts(KubectlScalars.value(scalar));
    return message + ", but " + type() + " is set" + (quoted ? "; remove the quotes" : "");
  }

  /** The message for a manifest that is filled in: what is wrong comes from an expression. */
  public String filledIn() {
    return value == Unknown.VALUE
        ? message
        : message + ", but the expression yields " + type() + (wanted == null ? "" : "; use " + wanted.function());
  }

  private String type() {
    if (value instanceof Map) {
      return "a map";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value == null
        ? "nothing"
        : value instanceof Boolean
            ? "true or false"
            : value instanceof Number ? "a number" : value instanceof String ? "text" : "something else";
  }
}
