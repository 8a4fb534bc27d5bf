package io.hyperfleet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.types.CelKind;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A compiled expression: immutable and thread-safe. Created by {@link CelEngine#compile}. */
public final class CelProgram {

  private static final String PACKAGE = CelProgram.class.getPackageName() + ".";
  private static final Pattern CANDIDATES = Pattern.compile("\\. Overload candidates: .*", Pattern.DOTALL);
  private static final Set<CelKind> KNOWN = Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE,
      CelKind.BOOL, CelKind.BYTES, CelKind.TIMESTAMP, CelKind.DURATION, CelKind.TYPE, CelKind.LIST, CelKind.MAP,
      CelKind.NULL_TYPE);
  private static final Pattern POSITION = Pattern.compile("evaluation error at [^:]*:(\\d+): (.*)", Pattern.DOTALL);

  private final String source;
  private final CelRuntime.Program program;
  private final CelAbstractSyntaxTree ast;
  private final ExpressionNames names;
  private final Set<String> variables;
  private final EvaluationRules rules;
  private final String place;

  CelProgram(String source, CelRuntime.Program program, CelAbstractSyntaxTree ast, ExpressionNames names,
      EvaluationRules rules) {
    this(source, program, ast, names, Set.copyOf(names.variables()), rules, null);
  }

  private CelProgram(String source, CelRuntime.Program program, CelAbstractSyntaxTree ast, ExpressionNames names,
      Set<String> variables, EvaluationRules rules, String place) {
    this.source = source;
    this.program = program;
    this.ast = ast;
    this.names = names;
    this.variables = variables;
    this.rules = rules;
    this.place = place;
  }

  /** The same program, with its position in errors: {@code file:line: key}. */
  public CelProgram at(String where) {
    return new CelProgram(source, program, ast, names, variables, rules, where);
  }

  /** The source of the expression. */
  public String source() {
    return source;
  }

  /** The variables that the expression reads. */
  public Set<String> variables() {
    return variables;
  }

  /** The keys of a variable that the expression names: {@code [a, b-c]} for {@code v.a && v['b-c']}. */
  public Set<String> membersOf(String variable) {
    return Set.copyOf(names.members().getOrDefault(variable, Set.of()));
  }

  /** The longest chains of selections by constant keys from the variables, in source order. */
  public List<Selection> selections() {
    return new ExpressionPaths(ast.getExpr()).selections();
  }

  /** Whether it can yield true or false, as far as types are known before evaluation. */
  public boolean mayBeBoolean() {
    return mayBe(CelKind.BOOL);
  }

  /** Whether it can yield text, as far as types are known before evaluation. */
  public boolean mayBeText() {
    return mayBe(CelKind.STRING);
  }

  /** Whether it certainly yields a list or a map. */
  public boolean isListOrMap() {
    return Set.of(CelKind.LIST, CelKind.MAP).contains(ast.getResultType().kind());
  }

  /** CEL's name of its result type; {@code dyn} if that depends on the data. */
  public String resultType() {
    return ast.getResultType().name();
  }

  private boolean mayBe(CelKind kind) {
    CelKind known = ast.getResultType().kind();
    return known == kind || !KNOWN.contains(known);
  }

  /**
   * Evaluates the expression over plain values as from Jackson (Map, List, String, Boolean, numbers, null; also Instant
   * and Duration). Integers of any size compare as longs. The variables are neither copied nor changed.
   *
   * @return Long, Double, Boolean, String, List, Map or null, sharing nothing with the variables; a timestamp is RFC
   * 3339 text, a duration text such as {@code 90s}
   * @throws CelEvaluationException when a key or variable is missing, a type is wrong, or a limit is reached
   */
  public Object evaluate(Map<String, ?> variables) {
    var budget = new EvaluationBudget(rules);
    try {
      budget.begin();
      return CelOutput.of(program.trace(resolver(variables), budget), budget);
    } catch (EvaluationBudget.Exhausted e) {
      throw failure("the expression " + e.getMessage(), true, null);
    } catch (StackOverflowError e) {
      throw failure("the expression or its data is nested too deeply", true, null);
    } catch (dev.cel.runtime.CelEvaluationException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      throw failure(e instanceof IllegalArgumentException ? e.getMessage() : "the expression failed", false, null);
    } finally {
      budget.end();
    }
  }

  /**
   * Evaluates a condition.
   *
   * @throws CelEvaluationException as {@link #evaluate}, and when the result is neither true nor false
   */
  public boolean test(Map<String, ?> variables) {
    if (evaluate(variables) instanceof Boolean result) {
      return result;
    }
    throw noResult("the result is neither true nor false");
  }

  /** The exception for a result that is not allowed here. */
  public CelEvaluationException noResult(String reason) {
    return failure(reason, false, null);
  }

  /** Names a missing key only if it occurs in the expression: a computed one could contain data. */
  private String missing(String message) {
    String key = keyIn(message);
    if (key.isEmpty() || !source.contains(key)) {
      return "a key is not present";
    }
    return message.startsWith("Error resolving")
        ? "no field '" + key + "' in a value that is not a map"
        : "key '" + key + "' is not present";
  }

  private static CelVariableResolver resolver(Map<String, ?> variables) {
    return name -> {
      Object value = variables.get(name);
      if (value == null && !variables.containsKey(name)) {
        throw new IllegalArgumentException("unknown variable '" + name + "'");
      }
      return Optional.of(CelInput.of(value));
    };
  }

  private CelEvaluationException failure(String message, boolean limit, String missingFrom) {
    return new CelEvaluationException(source, message, limit, missingFrom, null, place);
  }

  private CelEvaluationException failure(dev.cel.runtime.CelEvaluationException e) {
    var missing = missing(e);
    var in = missing.map(MissingValue.Place::container).filter(container -> !container.isEmpty());
    var message = describe(e);
    var key = keyIn(message);
    return new CelEvaluationException(source,
        message + in.map(container -> " in " + CelException.shorten(container)).orElse(""),
        e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED,
        missing.map(MissingValue.Place::variable).orElse(null),
        in.filter(container -> e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND && message.startsWith("key '"))
            .map(container -> new CelEvaluationException.Missing(container, key)).orElse(null),
        place);
  }

  private Optional<MissingValue.Place> missing(dev.cel.runtime.CelEvaluationException e) {
    var match = POSITION.matcher(String.valueOf(e.getMessage()));
    if (!match.lookingAt()) {
      return Optional.empty();
    }
    int position = Integer.parseInt(match.group(1));
    return switch (e.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND -> MissingValue.at(ast, position, keyIn(match.group(2)));
      case INDEX_OUT_OF_BOUNDS -> MissingValue.at(ast, position, null);
      default -> Optional.empty();
    };
  }

  private static String keyIn(String message) {
    int quote = message.indexOf('\'');
    int end = message.indexOf('\'', quote + 1);
    return end < 0 ? message : message.substring(quote + 1, end);
  }

  /** Keeps names of keys and functions; replaces text that may quote values. */
  private String describe(dev.cel.runtime.CelEvaluationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause.getStackTrace().length > 0
          && cause.getStackTrace()[0].getClassName().startsWith(PACKAGE)) {
        return cause.getMessage();
      }
    }
    String message = String.valueOf(e.getMessage()).replaceFirst("^evaluation error[^:]*:?\\d*: ", "");
    return switch (e.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND -> missing(message);
      case OVERLOAD_NOT_FOUND -> CANDIDATES.matcher(message).replaceFirst(
          ": not defined for these types; convert with string(...), int(...), double(...) or bool(...)");
      case INDEX_OUT_OF_BOUNDS -> "list index out of bounds";
      case DIVIDE_BY_ZERO -> "division by zero";
      case NUMERIC_OVERFLOW -> "number out of range";
      case DUPLICATE_ATTRIBUTE -> "duplicate key in a map";
      case ITERATION_BUDGET_EXCEEDED -> "the expression needs too many iterations";
      case BAD_FORMAT -> "text cannot be converted";
      default -> "a value has the wrong type or range";
    };
  }
}
