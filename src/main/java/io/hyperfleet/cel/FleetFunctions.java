package io.hyperfleet.cel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.hyperfleet.cel.function.FunctionLibrary;
import io.hyperfleet.cel.function.FunctionNote;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HyperFleet's functions. They are lenient for missing data: an absent condition is {@code Unknown}, an absent path is
 * null. A value that cannot have conditions, such as text or a whole resource, is an error.
 */
final class FleetFunctions {

  private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final List<String> CONDITION_TEXTS = List.of("type", "status", "reason", "message",
      "last_updated_time", "last_transition_time");
  private static final String CONDITIONS = "Accepts `adapters.X.conditions`, `resources.X.status.conditions` and "
      + "lists of conditions from the API.";
  private static final String WRONG = "Text, a number or a whole resource instead of conditions is an error.";
  /** Earlier names of conditions. */
  private static final Map<String, String> ALIASES = Map.of("Ready", "Reconciled");

  /** Bytes that a character of a path may cost when the path is split. */
  private static final long SPLIT_CHARACTER = 32;

  private final Clock clock;
  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();
  private final List<FunctionNote> notes = new ArrayList<>();

  FleetFunctions(Clock clock) {
    this.clock = clock;
    CelType dyn = SimpleType.DYN;
    CelType text = SimpleType.STRING;
    add(FunctionNote.of("now", "The current time as text (RFC 3339); the variable `now` holds it as a timestamp.",
        "Never fails.",
        "now()", "\"2026-01-02T03:04:05Z\""), text, List.of(),
        args -> DateTimeFormatter.ISO_INSTANT.format(clock.instant()));
    add(FunctionNote.of("toJson", "A value as JSON with sorted keys; at most 65,536 characters.",
        "Null and none become `null`. A longer result is an error.", "toJson({'b': 1, 'a': [true]})",
        "\"{\\\"a\\\":[true],\\\"b\\\":1}\""), text, List.of(dyn), args -> toJson(args[0]));
    add(FunctionNote.of("fromJson", "Parses JSON. Up to 65,536 characters, "
        + JsonText.MAX_DEPTH
        + " levels, 10,000 list elements and 8 MB, without duplicate keys; whole numbers beyond 64 bits become "
        + "doubles.",
        "Invalid JSON is an error that names the position; a value that is not text is an error, too.",
        "fromJson('{\"zones\": [\"a\", \"b\"]}').zones[1]", "\"b\"", "fromJson('18446744073709551616')",
        "1.8446744073709552E19", "fromJson('{a: 1}')",
        "error: fromJson: not JSON at line 1, column 2: unexpected character", "fromJson('[1, 2')",
        "error: fromJson: not JSON at line 1, column 6: unexpected end of text"), dyn, List.of(text),
        args -> JsonText.fromJson((String) args[0]));
    add(FunctionNote.of("dig", "The value at a path of keys and indexes, separated by dots.",
        "Null if any part of the path is absent.", "dig(resources.job, 'status.conditions.0.type')", "\"Complete\"",
        "dig(cluster, 'spec.owner.name')", "null"), dyn, List.of(dyn, text), args -> dig(args[0], (String) args[1]));
    add(FunctionNote.of("conditionStatus", "The status of a condition: `True`, `False` or `Unknown`. " + CONDITIONS,
        "`Unknown` if the condition or the value is absent. " + WRONG,
        "conditionStatus(adapters.dns.conditions, 'Available')", "\"True\"",
        "conditionStatus(resources.?job.?status.?conditions, 'Failed')", "\"Unknown\"",
        "conditionStatus(adapters.dns, 'Available')",
        "error: conditionStatus requires conditions, such as adapters.dns.conditions or "
            + "resources.job.status.conditions, not another map, such as a whole resource"),
        text, List.of(dyn, text), args -> conditionStatus("conditionStatus", args[0], (String) args[1]));
    add(FunctionNote.of("conditionAge", "Seconds since a condition changed its status. " + CONDITIONS,
        "-1 if the condition or its time is absent. " + WRONG,
        "conditionAge(adapters.dns.conditions, 'Available')", "300",
        "conditionAge(adapters.dns.conditions, 'Degraded')", "-1"), SimpleType.INT, List.of(dyn, text),
        args -> conditionAge("conditionAge", args[0], (String) args[1]));
    add(FunctionNote.of("stableFor", "Whether a condition has been True for at least this many seconds. " + CONDITIONS,
        "False if the condition is absent. " + WRONG, "stableFor(adapters.dns.conditions, 'Available', 300)",
        "true", "stableFor(adapters.dns.conditions, 'Available', 600)", "false"), SimpleType.BOOL,
        List.of(dyn, text, SimpleType.INT),
        args -> "True".equals(conditionStatus("stableFor", args[0], (String) args[1]))
            && conditionAge("stableFor", args[0], (String) args[1]) >= (Long) args[2]);
    add(FunctionNote.of("condition",
        "A condition of a resource, or of conditions: a map of `type`, `status`, `reason`, `message`, "
            + "`last_updated_time`, `last_transition_time` and `observed_generation`.",
        "If the condition is absent, its texts are empty and its generation is 0. " + WRONG,
        "condition(adapters.dns.conditions, 'Available').reason", "\"ResourcesReady\"",
        "condition(cluster, 'Reconciled').reason", "\"\""), dyn, List.of(dyn, text),
        args -> conditionOf(args[0], (String) args[1]));
    add(FunctionNote.of("statusFeedbackValue",
        "A feedback value of an Open Cluster Management ManifestWork, as text.",
        "Empty if no value has the name.",
        "statusFeedbackValue({'values': [{'name': 'phase', 'fieldValue': {'string': 'Up'}}]}, 'phase')", "\"Up\""),
        text, List.of(dyn, text), args -> statusFeedbackValue(args[0], (String) args[1]));
    add(FunctionNote.of("triState", "`True` if the first is true, otherwise `False` if the second is true, otherwise "
        + "`Unknown`.",
        "A value other than true or false is an error.", "triState(false, false)", "\"Unknown\""), text,
        List.of(SimpleType.BOOL, SimpleType.BOOL),
        args -> (Boolean) args[0] ? "True" : (Boolean) args[1] ? "False" : "Unknown");
  }

  FunctionLibrary library() {
    return new FunctionLibrary("HyperFleet's", "Functions for conditions, paths and JSON.", Optional.empty(),
        declarations, List.of(), notes);
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  private interface Body {
    Object apply(Object[] args);
  }

  private void add(FunctionNote note, CelType result, List<CelType> parameters, Body body) {
    notes.add(note);
    String name = note.name();
    String overload = "hyperfleet_" + name;
    declarations.add(CelFunctionDecl.newFunctionDeclaration(name,
        CelOverloadDecl.newGlobalOverload(overload, result, parameters)));
    List<Class<?>> types = new ArrayList<>();
    parameters.forEach(type -> types.add(javaType(type)));
    bindings.add(CelFunctionBinding.from(overload, types, args -> body.apply(args)));
  }

  private static Class<?> javaType(CelType type) {
    return switch (type.kind()) {
      case STRING -> String.class;
      case INT -> Long.class;
      case BOOL -> Boolean.class;
      default -> Object.class;
    };
  }

  private static String toJson(Object value) {
    EvaluationBudget budget = EvaluationBudget.current();
    Object plain = CelOutput.of(value, budget);
    var json = new BoundedWriter(budget);
    try {
      JSON.writeValue(json, plain);
      return json.toString();
    } catch (IOException e) {
      throw new IllegalArgumentException("toJson cannot convert the value");
    }
  }

  private static Object dig(Object value, String path) {
    Object at = value;
    EvaluationBudget.current().build(SPLIT_CHARACTER * path.length());
    for (String part : path.split("\\.")) {
      at = child(at, part);
      if (at == null) {
        return CelInput.of(null);
      }
    }
    return at;
  }

  private static Object child(Object value, String part) {
    if (value instanceof Map<?, ?> map) {
      return map.get(part);
    }
    if (value instanceof List<?> list && part.matches("\\d{1,9}") && Integer.parseInt(part) < list.size()) {
      return list.get(Integer.parseInt(part));
    }
    return null;
  }

  /** A condition of a resource; all its texts are empty if it is absent, so that it never fails. */
  private static Map<String, Object> conditionOf(Object resource, String type) {
    var found = ConditionLookup.ofResource(resource, type)
        .or(() -> ConditionLookup.ofResource(resource, ALIASES.getOrDefault(type, type)));
    var result = new LinkedHashMap<String, Object>();
    for (String key : CONDITION_TEXTS) {
      result.put(key, found.<Object>map(condition -> condition.get(key)).filter(String.class::isInstance).orElse(""));
    }
    result.put("observed_generation",
        found.<Object>map(condition -> condition.get("observed_generation")).filter(Long.class::isInstance).orElse(0L));
    return result;
  }

  private static String conditionStatus(String function, Object conditions, String type) {
    return ConditionLookup.find(function, conditions, type).<Object>map(condition -> condition.get("status"))
        .filter(String.class::isInstance).map(String.class::cast).orElse("Unknown");
  }

  private long conditionAge(String function, Object conditions, String type) {
    Object time = ConditionLookup.find(function, conditions, type)
        .<Object>map(condition -> condition.containsKey("last_transition_time")
            ? condition.get("last_transition_time")
            : condition.get("lastTransitionTime"))
        .orElse(null);
    if (time instanceof Instant instant) {
      return Duration.between(instant, clock.instant()).toSeconds();
    }
    try {
      return time instanceof String text
          ? Duration.between(OffsetDateTime.parse(text).toInstant(), clock.instant()).toSeconds()
          : -1;
    } catch (DateTimeException e) {
      return -1;
    }
  }

  private static String statusFeedbackValue(Object feedback, String name) {
    if (dig(feedback, "values") instanceof List<?> values) {
      for (Object value : values) {
        if (name.equals(dig(value, "name")) && dig(value, "fieldValue.string") instanceof String text) {
          return text;
        }
      }
    }
    return "";
  }
}
