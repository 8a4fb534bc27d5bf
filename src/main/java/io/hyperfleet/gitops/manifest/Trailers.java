package io.hyperfleet.gitops.manifest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What commits say of the objects that they change, in trailers: values of labels. */
public final class Trailers {

  private static final String KEY = "hyperfleet.gitops.trailers";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");
  private static final Set<String> TAKEN = Set.of("operation", "resource-key", "event-time");

  private final Map<String, String> labels;

  /**
   * By these labels.
   *
   * @param labels names of trailers, and the labels that their values come from
   * @throws IllegalArgumentException when Git would not read a name as a trailer's, or it has another meaning
   */
  public Trailers(Map<String, String> labels) {
    labels.keySet().forEach(name -> {
      if (!NAME.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            KEY + ": '" + name + "' is not a trailer's name of letters, digits and '-' other than "
                + "Operation, Resource-Key and Event-Time");
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
