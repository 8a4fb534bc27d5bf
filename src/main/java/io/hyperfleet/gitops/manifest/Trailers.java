package io.hyperfleet.gitops.manifest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Trailers of commits: values of labels of the changed objects. */
public final class Trailers {

  private static final String KEY = "hyperfleet.gitops.trailers";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");
  private static final Set<String> TAKEN = Set.of("operation", "resource-key", "event-time");

  private final Map<String, String> labels;

  /**
   * Takes trailers from these labels.
   *
   * @param labels names of trailers, and the labels that their values come from
   * @throws IllegalArgumentException when Git would not read a name as a trailer's, or it has another meaning
   */
  public Trailers(Map<String, String> labels) {
    labels.keySet().forEach(name -> {
      if (!NAME.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            KEY + ": '" + name + "' is not a valid trailer name; use letters, digits and '-', and none of Operation, "
                + "Resource-Key and Event-Time");
      }
    });
    this.labels = labels;
  }

  /** The trailers of an object with these labels. */
  public Map<String, String> of(Map<String, String> objectLabels) {
    var found = new LinkedHashMap<String, String>();
    labels.forEach((name, label) -> {
      if (objectLabels.containsKey(label)) {
        found.put(name, objectLabels.get(label));
      }
    });
    return found;
  }
}
