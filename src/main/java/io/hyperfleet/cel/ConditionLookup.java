package io.hyperfleet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.values.NullValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a condition by type in a list of conditions or a map by type. An absent value has no conditions; any other
 * value is an error, since otherwise the condition would never be met.
 */
final class ConditionLookup {

  /** The functions with conditions as first argument. */
  static final Set<String> FUNCTIONS = Set.of("conditionStatus", "conditionAge", "stableFor");
  private static final String CONDITION = "condition";

  private static final Set<CelKind> NO_CONDITIONS = Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE,
      CelKind.BOOL, CelKind.BYTES, CelKind.TIMESTAMP, CelKind.DURATION, CelKind.TYPE);
  private static final Set<String> OF_A_RESOURCE = Set.of("id", "kind", "metadata", "spec", "generation");

  private ConditionLookup() {}

  /**
   * The condition of a type.
   *
   * @param function name of the calling function, for errors
   * @throws CelInvalidArgumentException when the value is not conditions
   */
  static Optional<Map<?, ?>> find(String function, Object conditions, String type) {
    if (isAbsent(conditions)) {
      return Optional.empty();
    }
    if (conditions instanceof Optional<?> optional) {
      return find(function, optional.get(), type);
    }
    if (conditions instanceof List<?> list) {
      return inList(function, list, type);
    }
    if (conditions instanceof Map<?, ?> map && (isCondition(map.get(type)) || isByType(map))) {
      return Optional.ofNullable((Map<?, ?>) map.get(type));
    }
    throw wrong(function, conditions);
  }

  /** The condition of a resource, or of conditions. */
  static Optional<Map<?, ?>> ofResource(Object resource, String type) {
    if (isAbsent(resource)) {
      return Optional.empty();
    }
    if (resource instanceof Optional<?> optional) {
      return ofResource(optional.get(), type);
    }
    if (!(resource instanceof Map<?, ?> map)) {
      return find(CONDITION, resource, type);
    }
    Object status = map.get("status");
    if (status instanceof Map<?, ?> parts) {
      return find(CONDITION, parts.get("conditions"), type);
    }
    if (isByType(map)) {
      return find(CONDITION, map, type);
    }
    if (isAbsent(status) && map.keySet().stream().anyMatch(OF_A_RESOURCE::contains)) {
      return Optional.empty();
    }
    throw wrong(CONDITION, resource);
  }

  /** The first argument of such a function if its type cannot be conditions, with the problem. */
  static Optional<Mistake> mistake(CelAbstractSyntaxTree ast) {
    return CelNavigableAst.fromAst(ast).getRoot().allNodes()
        .map(node -> node.expr())
        .filter(expr -> expr.getKind() == Kind.CALL && expr.call().args().size() > 1
            && (FUNCTIONS.contains(expr.call().function()) || expr.call().function().equals(CONDITION)))
        .flatMap(expr -> mistake(ast, expr).stream()).findFirst();
  }

  /** An argument, by its position in the expression, and what is wrong with it. */
  record Mistake(int offset, String reason) {}

  private static Optional<Mistake> mistake(CelAbstractSyntaxTree ast, CelExpr call) {
    CelExpr argument = call.call().args().get(0);
    return ast.getType(argument.id()).map(CelType::kind).filter(NO_CONDITIONS::contains)
        .map(kind -> new Mistake(ast.getSource().getPositionsMap().getOrDefault(argument.id(), 0),
            words(call.call().function(), kind(kind))));
  }

  private static String kind(CelKind kind) {
    return switch (kind) {
      case STRING -> "text";
      case INT, UINT, DOUBLE -> "a number";
      case BOOL -> "true or false";
      default -> "something else";
    };
  }

  private static boolean isAbsent(Object value) {
    return value == null || value instanceof NullValue || value instanceof Optional<?> optional && optional.isEmpty();
  }

  private static Optional<Map<?, ?>> inList(String function, List<?> list, String type) {
    EvaluationBudget budget = EvaluationBudget.current();
    for (Object item : list) {
      budget.step();
      if (!(item instanceof Map<?, ?> condition) || !(condition.get("type") instanceof String of)) {
        throw wrong(function, list);
      }
      if (type.equals(of)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private static boolean isByType(Map<?, ?> map) {
    EvaluationBudget budget = EvaluationBudget.current();
    for (Object value : map.values()) {
      budget.step();
      if (!isCondition(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCondition(Object value) {
    return value instanceof Map<?, ?> condition && condition.get("status") instanceof String;
  }

  private static CelInvalidArgumentException wrong(String function, Object value) {
    // For any other exception the interpreter's error contains all arguments as text, of any size.
    return new CelInvalidArgumentException(new IllegalArgumentException(words(function, value instanceof String
        ? "text"
        : value instanceof Number
            ? "a number"
            : value instanceof Boolean
                ? "true or false"
                : value instanceof List
                    ? "a list of other values"
                    : value instanceof Map ? "another map, such as a whole resource" : "something else")));
  }

  private static String words(String function, String is) {
    return function + " requires " + (function.equals(CONDITION) ? "a resource, or its " : "")
        + "conditions, such as adapters.dns.conditions or resources.job.status.conditions, not " + is;
  }
}
