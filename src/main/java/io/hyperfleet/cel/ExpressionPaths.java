package io.hyperfleet.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The chains of selections from variables in an expression, such as {@code cluster.spec.?region}. */
final class ExpressionPaths {

  private final Set<String> paths = new LinkedHashSet<>();
  private final Set<Selection> selections = new LinkedHashSet<>();
  private final Deque<Set<String>> bound = new ArrayDeque<>();

  ExpressionPaths(CelExpr root) {
    visit(root);
  }

  List<String> list() {
    return List.copyOf(paths);
  }

  List<Selection> selections() {
    return List.copyOf(selections);
  }

  private void visit(CelExpr expr) {
    Optional<String> path = path(expr);
    if (path.isPresent()) {
      paths.add(path.get());
      List<Selection.Step> steps = new ArrayList<>();
      selections.add(new Selection(steps(expr, steps), List.copyOf(steps),
          expr.getKind() == Kind.SELECT && expr.select().testOnly()));
      return;
    }
    switch (expr.getKind()) {
      case SELECT -> visit(expr.select().operand());
      case CALL -> {
        expr.call().target().filter(target -> target.getKind() != Kind.IDENT).ifPresent(this::visit);
        expr.call().args().forEach(this::visit);
      }
      case LIST -> expr.list().elements().forEach(this::visit);
      case MAP -> expr.map().entries().forEach(entry -> {
        visit(entry.key());
        visit(entry.value());
      });
      case COMPREHENSION -> {
        var macro = expr.comprehension();
        visit(macro.iterRange());
        bound.push(new LinkedHashSet<>(List.of(macro.iterVar(), macro.iterVar2(), macro.accuVar())));
        visit(macro.loopStep());
        bound.pop();
      }
      default -> {
      }
    }
  }

  private Optional<String> path(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> Optional.of(expr.ident().name())
          .filter(name -> bound.stream().noneMatch(names -> names.contains(name)));
      case SELECT -> path(expr.select().operand()).map(path -> path + "." + expr.select().field());
      case CALL -> selection(expr.call().function(), expr.call().args());
      default -> Optional.empty();
    };
  }

  private Optional<String> selection(String function, List<CelExpr> args) {
    if (args.size() != 2 || args.get(1).getKind() != Kind.CONSTANT) {
      return Optional.empty();
    }
    Optional<String> from = path(args.get(0));
    return switch (function) {
      case "_?._" -> from.map(path -> path + ".?" + args.get(1).constant().stringValue());
      case "_[_]" -> from.map(path -> path + "[" + literal(args.get(1).constant()) + "]");
      case "_[?_]" -> from.map(path -> path + "[?" + literal(args.get(1).constant()) + "]");
      default -> Optional.empty();
    };
  }

  /** Adds the steps of a path, and returns its variable. */
  private static String steps(CelExpr expr, List<Selection.Step> steps) {
    switch (expr.getKind()) {
      case SELECT -> {
        var variable = steps(expr.select().operand(), steps);
        steps.add(new Selection.Step(expr.select().field(), false));
        return variable;
      }
      case CALL -> {
        var args = expr.call().args();
        var variable = steps(args.get(0), steps);
        var key = args.get(1).constant();
        steps.add(new Selection.Step(key.getKind() == CelConstant.Kind.STRING_VALUE
            ? key.stringValue()
            : literal(key), !expr.call().function().equals("_[_]")));
        return variable;
      }
      default -> {
        return expr.ident().name();
      }
    }
  }

  private static String literal(CelConstant constant) {
    return constant.getKind() == CelConstant.Kind.STRING_VALUE
        ? "'" + constant.stringValue().replace("\\", "\\\\").replace("'", "\\'") + "'"
        : String.valueOf(constant.int64Value());
  }
}
