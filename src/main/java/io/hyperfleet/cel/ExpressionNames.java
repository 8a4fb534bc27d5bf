package io.hyperfleet.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables that an expression reads, and the members of them that it names. */
final class ExpressionNames {

  private static final Set<String> NAMESPACES = Set.of("lists", "math", "optional", "strings");
  private static final Set<String> TYPES = Set.of("int", "uint", "double", "bool", "string", "bytes", "list", "map",
      "null_type", "type", "dyn", "optional_type", "google");
  private static final Set<String> SELECTIONS = Set.of("_[_]", "_[?_]", "_?._");

  private final Set<String> variables = new LinkedHashSet<>();
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final Deque<Set<String>> bound = new ArrayDeque<>();

  ExpressionNames(CelExpr root) {
    visit(root);
  }

  Set<String> variables() {
    return variables;
  }

  /** By variable, the keys that are selected from it by a constant: {@code a.x}, {@code a['x']}, {@code a.?x}. */
  Map<String, Set<String>> members() {
    return members;
  }

  private void visit(CelExpr expr) {
    switch (expr.getKind()) {
      case IDENT -> name(expr.ident().name());
      case SELECT -> {
        member(expr.select().operand(), expr.select().field());
        visit(expr.select().operand());
      }
      case CALL -> call(expr);
      case LIST -> expr.list().elements().forEach(this::visit);
      case MAP -> expr.map().entries().forEach(entry -> {
        visit(entry.key());
        visit(entry.value());
      });
      case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value()));
      case COMPREHENSION -> comprehension(expr.comprehension());
      default -> {
      }
    }
  }

  private void call(CelExpr expr) {
    var call = expr.call();
    List<CelExpr> args = call.args();
    if (SELECTIONS.contains(call.function()) && args.size() == 2
        && args.get(1).getKind() == Kind.CONSTANT
        && args.get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      member(args.get(0), args.get(1).constant().stringValue());
    }
    call.target()
        .filter(target -> target.getKind() != Kind.IDENT || !NAMESPACES.contains(target.ident().name()))
        .ifPresent(this::visit);
    args.forEach(this::visit);
  }

  private void comprehension(CelExpr.CelComprehension comprehension) {
    visit(comprehension.iterRange());
    visit(comprehension.accuInit());
    bound.push(Set.copyOf(new LinkedHashSet<>(
        List.of(comprehension.iterVar(), comprehension.iterVar2(), comprehension.accuVar()))));
    visit(comprehension.loopCondition());
    visit(comprehension.loopStep());
    visit(comprehension.result());
    bound.pop();
  }

  private boolean isBound(String name) {
    return bound.stream().anyMatch(names -> names.contains(name));
  }

  private void name(String name) {
    if (!isBound(name) && !TYPES.contains(name) && !name.startsWith("@") && !name.startsWith(".")) {
      variables.add(name);
    }
  }

  private void member(CelExpr operand, String field) {
    if (operand.getKind() == Kind.IDENT && !isBound(operand.ident().name())) {
      members.computeIfAbsent(operand.ident().name(), key -> new LinkedHashSet<>()).add(field);
    }
  }
}
