package io.hyperfleet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the part of an expression whose value was missing in an evaluation. */
final class MissingValue {

  private final Map<Long, Integer> positions;
  private final int position;
  private final String key;
  private final Map<String, CelExpr> bound = new HashMap<>();
  private String variable;
  private String container;

  private MissingValue(Map<Long, Integer> positions, int position, String key) {
    this.positions = positions;
    this.position = position;
    this.key = key;
  }

  /**
   * The selection or index at a position of the expression.
   *
   * @param key the selected key
   * @return the variable that it comes from, and where it stands in it as far as that is a constant path, else empty
   */
  static Optional<Place> at(CelAbstractSyntaxTree ast, int position, String key) {
    var search = new MissingValue(ast.getSource().getPositionsMap(), position, key);
    search.visit(ast.getExpr());
    return Optional.ofNullable(search.variable).map(variable -> new Place(variable, search.container));
  }

  /** A place in a variable: {@code cluster} and {@code cluster.spec}. */
  record Place(String variable, String container) {}

  private void visit(CelExpr expr) {
    switch (expr.getKind()) {
      case SELECT -> {
        found(expr, expr.select().operand(), expr.select().field());
        visit(expr.select().operand());
      }
      case CALL -> {
        var args = expr.call().args();
        if (expr.call().function().equals("_[_]")) {
          found(expr, args.get(0), args.get(1).getKind() == Kind.CONSTANT ? literal(args.get(1).constant()) : key);
        }
        expr.call().target().ifPresent(this::visit);
        args.forEach(this::visit);
      }
      case LIST -> expr.list().elements().forEach(this::visit);
      case MAP -> expr.map().entries().forEach(entry -> {
        visit(entry.key());
        visit(entry.value());
      });
      case COMPREHENSION -> {
        var macro = expr.comprehension();
        visit(macro.iterRange());
        visit(macro.accuInit());
        bound.put(macro.iterVar(), macro.iterRange());
        bound.put(macro.accuVar(), macro.iterRange());
        visit(macro.loopCondition());
        visit(macro.loopStep());
        visit(macro.result());
      }
      default -> {
      }
    }
  }

  private void found(CelExpr expr, CelExpr operand, String selected) {
    if (variable == null && positions.getOrDefault(expr.id(), -1) == position
        && (key == null || key.equals(selected))) {
      variable = root(operand).orElse(null);
      container = path(operand).orElse("");
    }
  }

  private Optional<String> root(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> bound.containsKey(expr.ident().name())
          ? root(bound.get(expr.ident().name()))
          : Optional.of(expr.ident().name());
      case SELECT -> root(expr.select().operand());
      case CALL -> expr.call().target().or(() -> expr.call().args().stream().findFirst()).flatMap(this::root);
      case COMPREHENSION -> root(expr.comprehension().iterRange());
      default -> Optional.empty();
    };
  }

  private Optional<String> path(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> bound.containsKey(expr.ident().name())
          ? path(bound.get(expr.ident().name())).map(path -> path + "[]")
          : Optional.of(expr.ident().name());
      case SELECT -> path(expr.select().operand()).map(path -> path + "." + expr.select().field());
      case CALL -> expr.call().function().equals("_[_]") && expr.call().args().get(1).getKind() == Kind.CONSTANT
          ? path(expr.call().args().get(0))
              .map(path -> path + "[" + literal(expr.call().args().get(1).constant()) + "]")
          : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String literal(CelConstant constant) {
    return constant.getKind() == CelConstant.Kind.STRING_VALUE
        ? constant.stringValue()
        : constant.getKind() == CelConstant.Kind.INT64_VALUE ? String.valueOf(constant.int64Value()) : "";
  }
}
