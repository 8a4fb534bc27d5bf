package io.hyperfleet.kind;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of this process. Immutable; an invalid configuration aborts the start with the key in the message. */
public final class Kinds {

  private static final Map<String, KindProperties> DEFAULTS = defaults();

  private final Map<String, Kind> byPlural = new LinkedHashMap<>();

  public Kinds(KindsProperties properties) {
    DEFAULTS.forEach((plural, defaults) -> {
      var settings = properties.kinds().get(plural);
      add(plural, settings == null ? defaults : settings.orElse(defaults));
    });
    properties.kinds().entrySet().stream()
        .filter(entry -> !DEFAULTS.containsKey(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> add(entry.getKey(), entry.getValue()));
    for (Kind kind : byPlural.values()) {
      Kind.check(!kind.owned() || isRoot(kind.parent()), kind.plural() + ".parent", "must name a root kind");
      kind.references().forEach(rule -> Kind.check(named(rule.targetKind()).isPresent(),
          kind.plural() + ".references", "refers to unknown kind '" + rule.targetKind() + "'"));
    }
    byPlural.values().forEach(kind -> checkCreatable(kind, kind, new HashSet<>()));
  }

  private static Map<String, KindProperties> defaults() {
    var defaults = new LinkedHashMap<String, KindProperties>();
    defaults.put("clusters", KindProperties.CLUSTER);
    defaults.put("nodepools", KindProperties.NODE_POOL);
    return defaults;
  }

  private void add(String plural, KindProperties settings) {
    var kind = Kind.of(plural, settings);
    Kind.check(find(kind.name()).isEmpty() && find(plural).isEmpty(), plural + ".name", "is taken");
    byPlural.put(plural, kind);
  }

  /** A kind that requires itself, directly or through other kinds, could never be created. */
  private void checkCreatable(Kind start, Kind kind, Set<String> seen) {
    for (ReferenceRule rule : kind.references()) {
      Kind.check(rule.min() == 0 || !rule.targetKind().equals(start.name()), start.plural() + ".references",
          "must not require a resource of the same kind, directly or through other kinds");
      if (rule.min() > 0 && seen.add(rule.targetKind())) {
        checkCreatable(start, named(rule.targetKind()).orElseThrow(), seen);
      }
    }
  }

  private boolean isRoot(String name) {
    return named(name).filter(kind -> !kind.owned()).isPresent();
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

  /** The kind with exactly that name, as it stands in requests and answers. */
  public Optional<Kind> named(String name) {
    return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /**
   * The kind that owns resources of another one.
   *
   * @throws java.util.NoSuchElementException for a root kind
   */
  public Kind parentOf(Kind kind) {
    return named(kind.parent()).orElseThrow();
  }

  /** The kind that a word means: its name or its plural, in any case. */
  public Optional<Kind> find(String word) {
    return all().stream()
        .filter(kind -> kind.name().equalsIgnoreCase(word) || kind.plural().equalsIgnoreCase(word))
        .findFirst();
  }

  /** What the API calls its kinds, for messages. */
  public String names() {
    return all().stream().map(Kind::name).collect(Collectors.joining(", "));
  }
}
