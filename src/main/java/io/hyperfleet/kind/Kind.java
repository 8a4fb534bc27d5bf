package io.hyperfleet.kind;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A validated kind of resource, with defaults applied.
 *
 * @param plural the word in paths
 * @param name the word in requests and answers
 * @param parent name of the kind that owns resources of this one, or null for a root kind
 * @param onParentDelete effect of deleting the owner of a resource
 * @param requiredAdapters required adapters, in the order of their conditions; may be empty
 * @param nameMin least length of a resource's name
 * @param nameMax greatest length of a resource's name
 * @param references the references that a resource may have; may be empty
 * @param specSchema name of the schema of its specs
 * @param requireSpecSchema whether there must be that schema
 * @param conditions conditions by rules; may be empty
 * @param eventType CloudEvents type
 * @param topic topic of its events
 */
public record Kind(
    String plural,
    String name,
    String parent,
    DeletePolicy onParentDelete,
    List<String> requiredAdapters,
    int nameMin,
    int nameMax,
    List<ReferenceRule> references,
    String specSchema,
    boolean requireSpecSchema,
    List<ConditionRule> conditions,
    String eventType,
    String topic) {

  private static final String BASE_PATH = "/api/hyperfleet/v1/";
  private static final Pattern PLURAL = Pattern.compile("[a-z][a-z0-9]*");
  private static final Pattern NAME = Pattern.compile("[A-Z][a-zA-Z0-9]*");
  private static final List<String> RESERVED = List.of("resources", "events", "openapi", "hyperfleet", "adapters",
      "announcements", "fleet", "operations");
  private static final int LONGEST_NAME = 100;

  static Kind of(String plural, KindProperties settings) {
    check(PLURAL.matcher(plural).matches() && !RESERVED.contains(plural), plural,
        "the plural must be one lower-case word other than " + String.join(", ", RESERVED));
    check(settings.name() != null && NAME.matcher(settings.name()).matches(), plural + ".name",
        "must be a word that starts with a capital letter, such as Cluster");
    int min = settings.nameMin() == null ? 1 : settings.nameMin();
    int max = settings.nameMax() == null ? LONGEST_NAME : settings.nameMax();
    check(min >= 1 && min <= max && max <= LONGEST_NAME, plural + ".name-min",
        "must be at least 1 and at most name-max, which is at most " + LONGEST_NAME);
    var required = settings.requiredAdapters() == null ? List.<String>of() : List.copyOf(settings.requiredAdapters());
    check(required.stream().noneMatch(String::isBlank) && required.stream().distinct().count() == required.size(),
        plural + ".required-adapters", "must not contain duplicate or empty names");
    required.forEach(adapter -> check(AdapterNames.isName(adapter), plural + ".required-adapters", "'" + adapter
        + "' is not a valid adapter name; use up to 63 lower-case letters, digits and hyphens, not starting or "
        + "ending with a hyphen"));
    AdapterConditions.conflict(required).ifPresent(text -> check(false, plural + ".required-adapters", text));
    return new Kind(plural, settings.name(), settings.parent(),
        settings.onParentDelete() != null ? settings.onParentDelete() : DeletePolicy.RESTRICT, required, min, max,
        references(plural + ".references", settings.references()),
        settings.specSchema() != null ? settings.specSchema() : settings.name() + "Spec",
        Boolean.TRUE.equals(settings.requireSpecSchema()),
        conditions(plural + ".conditions", settings.conditions()),
        settings.eventType() != null ? settings.eventType() : settings.name().toLowerCase(Locale.ROOT) + ".changed.v1",
        settings.topic() != null ? settings.topic() : "hyperfleet." + plural + ".changed.v1");
  }

  private static List<ReferenceRule> references(String key, List<ReferenceRule> rules) {
    var references = rules == null ? List.<ReferenceRule>of() : List.copyOf(rules);
    for (int i = 0; i < references.size(); i++) {
      references.get(i).check(key + "[" + i + "]");
    }
    check(references.stream().map(ReferenceRule::type).distinct().count() == references.size(), key,
        "must not contain duplicate types");
    return references;
  }

  private static List<ConditionRule> conditions(String key, List<ConditionRule> rules) {
    var conditions = rules == null ? List.<ConditionRule>of() : List.copyOf(rules);
    for (int i = 0; i < conditions.size(); i++) {
      conditions.get(i).check(key + "[" + i + "]");
    }
    check(conditions.stream().map(ConditionRule::type).distinct().count() == conditions.size(), key,
        "must not contain duplicate types");
    return conditions;
  }

  /** Whether resources of this kind belong to others. */
  public boolean owned() {
    return parent != null;
  }

  /** The rule of a reference, by its type. */
  public Optional<ReferenceRule> reference(String type) {
    return references.stream().filter(rule -> rule.type().equals(type)).findFirst();
  }

  /** The relative path of a resource; {@code ownerHref} is that of its owner, null for a root kind. */
  public String href(String id, String ownerHref) {
    return (owned() ? ownerHref + "/" : BASE_PATH) + plural + "/" + id;
  }

  /**
   * Digest of the rules for the status: the same for the same required adapters and conditions in any process.
   */
  public UUID rules() {
    return UUID.nameUUIDFromBytes((requiredAdapters + " " + conditions).getBytes(StandardCharsets.UTF_8));
  }

  static void check(boolean valid, String key, String rule) {
    if (!valid) {
      throw new IllegalArgumentException("hyperfleet.kinds." + key + ": " + rule);
    }
  }
}
