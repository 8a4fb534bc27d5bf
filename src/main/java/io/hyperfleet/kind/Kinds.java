package io.hyperfleet.kind;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds that this process knows. Immutable; a wrong registry stops the start with the key in the message. */
public final class Kinds {

  private final Map<String, Kind> byPlural = new LinkedHashMap<>();

  public Kinds(KindsProperties properties) {
    add("clusters", properties.kinds().get("clusters"), KindProperties.CLUSTER);
    properties.kinds().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("clusters"))
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> add(entry.getKey(), entry.getValue(), null));
    for (Kind kind : byPlural.values()) {
      Kind.check(kind.parent() == null || isRoot(kind.parent()), kind.plural() + ".parent", "must name a root kind");
    }
  }

  private void add(String plural, KindProperties settings, KindProperties defaults) {
    var kind = Kind.of(plural, settings == null ? defaults : defaults == null ? settings : settings.orElse(defaults));
    Kind.check(find(kind.name()).isEmpty(), plural + ".name", "is taken");
    byPlural.put(plural, kind);
  }

  private boolean isRoot(String name) {
    return all().stream().anyMatch(kind -> kind.name().equals(name) && kind.parent() == null);
  }

  public Collection<Kind> all() {
    return byPlural.values();
  }

  /**
   * The kind with that plural.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Kind plural(String plural) {
    return Optional.ofNullable(byPlural.get(plural))
        .orElseThrow(() -> new IllegalArgumentException("no kind with the plural '" + plural + "'"));
  }

  /** The kind that a word means: its name or its plural, in any case. */
  public Optional<Kind> find(String word) {
    return all().stream()
        .filter(kind -> kind.name().equalsIgnoreCase(word) || kind.plural().equalsIgnoreCase(word))
        .findFirst();
  }

  /**
   * The topic that events about a kind go to.
   *
   * @param word the kind's name or plural, in any case
   * @throws IllegalArgumentException when there is no such kind
   */
  public String topicOf(String word) {
    return find(word).map(Kind::topic).orElseThrow(() -> new IllegalArgumentException("no kind '" + word + "'"));
  }

  /** What the API calls its kinds, for messages. */
  public String names() {
    return all().stream().map(Kind::name).collect(Collectors.joining(", "));
  }
}
