package io.hyperfleet.cel;

import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.hyperfleet.cel.function.CelReference;
import io.hyperfleet.cel.function.FunctionLibrary;
import io.hyperfleet.cel.function.MathFunctions;
import io.hyperfleet.cel.function.Operators;
import io.hyperfleet.cel.function.OptionalFunctions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Compiles CEL. Variables are dynamic; optional syntax ({@code a.?b.orValue(c)}), all standard macros, the string, list
 * and math extensions and HyperFleet's functions are there; {@link #reference} lists them all.
 *
 * <p>Evaluation runs in the caller's thread: a budget is checked after every node, so that a runaway expression ends at
 * {@link CelLimits#time()} without another thread. At most as many evaluations run concurrently as there are
 * processors, those of {@link #ofAnother} on at most half of them; small ones never wait. Compiling takes about a
 * millisecond; do it once.
 */
@Component
public class CelEngine {

  private static final String RESOURCE = "resource";
  private static final String FUNCTIONS = "; available are CEL's own functions, its strings, lists and math "
      + "extensions, and ";

  /** Hints for syntax of other languages, by the parser's error. */
  private static final Map<String, String> HINTS = Map.of(
      "mismatched input 'and'", "write &&",
      "mismatched input 'or'", "write ||",
      "token recognition error at: '= '", "write ==",
      "token recognition error at: '='", "write ==",
      "token recognition error at: '=~'", "write text.matches('pattern')",
      "token recognition error at: '$'", "write the expression without ${ and }",
      "mismatched input '<EOF>'", "unexpected end of expression");

  /** {@code condition(name)} is {@code condition(resource, name)}. */
  private static final CelMacro CONDITION = CelMacro.newGlobalMacro("condition", 1, (factory, target,
      arguments) -> Optional.of(factory.newGlobalCall("condition", factory.newIdentifier(RESOURCE), arguments.get(0))));

  private static final LongSupplier NO_TIME = () -> 0L;

  /** Shared by the whole process: it takes longer to create than a dry run. */
  private static final class Untimed {
    static final CelEngine ENGINE = new CelEngine(CelLimits.DEFAULT, Clock.systemUTC(), NO_TIME);
  }

  private final CelLimits limits;
  private final EvaluationRules rules;
  private final CelCompiler compiler;
  private final CelRuntime runtime;
  private final List<FunctionLibrary> libraries;
  private final String functions;

  /** An engine with the default limits on the system's clock. */
  @Autowired
  public CelEngine() {
    this(CelLimits.DEFAULT, Clock.systemUTC(), CpuTime::nanos);
  }

  /**
   * An engine with limits of work and memory only, so that results do not depend on the speed or load of the machine.
   */
  public static CelEngine untimed() {
    return Untimed.ENGINE;
  }

  /** The same with another clock for functions. */
  public static CelEngine untimed(Clock clock) {
    return new CelEngine(CelLimits.DEFAULT, clock, NO_TIME);
  }

  /**
   * An engine for tests.
   *
   * @param clock clock of {@code now()} and {@code conditionAge}
   * @param nanoTime time source of the time limit
   */
  CelEngine(CelLimits limits, Clock clock, LongSupplier nanoTime) {
    this.limits = limits;
    this.rules = new EvaluationRules(limits, nanoTime, new EvaluationGate(Runtime.getRuntime().availableProcessors()));
    CelOptions options = CelOptions.current()
        .enableHeterogeneousNumericComparisons(true)
        .maxExpressionCodePointSize(limits.sourceCharacters())
        .maxParseExpressionNodeCount(limits.nodes())
        .maxParseRecursionDepth(64)
        .comprehensionMaxIterations(limits.iterations())
        .build();
    var standard = new StandardFunctions(options);
    var fleet = new FleetFunctions(clock);
    libraries = List.of(fleet.library(), OptionalFunctions.library(), Operators.library(), StringFunctions.library(),
        ListFunctions.library(), MathFunctions.library(options));
    functions = FUNCTIONS + fleet.declarations().stream().map(CelFunctionDecl::name).collect(Collectors.joining(", "));
    compiler = CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(options)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addLibraries(libraries.stream().flatMap(library -> library.extension().stream()).toList())
        .addFunctionDeclarations(fleet.declarations())
        .build();
    // The interpreter that reads maps lazily; the planner copies every variable deeply at each access.
    runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
        .setOptions(options)
        .setStandardEnvironmentEnabled(false)
        .setStandardFunctions(standard.unchanged())
        .addFunctionBindings(standard.replacements())
        .addFunctionBindings(StringFunctions.replacements())
        .addFunctionBindings(ListFunctions.bindings())
        .addFunctionBindings(fleet.bindings())
        .addLibraries(CelExtensions.optional(), StringFunctions.unchanged(), CelExtensions.math(options))
        .build();
    if (nanoTime != NO_TIME) {
      // Loads the classes, which takes longer than any later evaluation, and than the limit.
      compile("[toJson(v), v.?a.orValue('b') + 'c'].exists(x, x.matches('b+')) && v.n > 1").evaluate(
          Map.of("v", Map.of("n", 2)));
    }
  }

  private CelEngine(CelEngine other, EvaluationRules rules) {
    this.limits = rules.limits();
    this.rules = rules;
    this.compiler = other.compiler;
    this.runtime = other.runtime;
    this.libraries = other.libraries;
    this.functions = other.functions;
  }

  /** Every function, operator and macro that expressions may use. */
  public CelReference reference() {
    return new CelReference(libraries);
  }

  /** The same for expressions of another owner, such as an adapter, with a separate queue for processors. */
  public CelEngine ofAnother() {
    return new CelEngine(this, new EvaluationRules(limits, rules.nanoTime(), rules.gate().ofAnother()));
  }

  /** The same for expressions of this project, with another time limit and without waiting for a processor. */
  CelEngine trusted(Duration time) {
    return new CelEngine(this, new EvaluationRules(limits.within(time), rules.nanoTime(), null));
  }

  /**
   * Compiles an expression whose free names are all variables.
   *
   * @throws CelCompileException when it is not CEL, calls an unknown function, or is too large
   */
  public CelProgram compile(String expression) {
    return compile(expression, null);
  }

  /**
   * Compiles an expression that may use the given variables only. If {@code resource} is one of them, {@code
   * condition(name)} is the condition of that resource.
   *
   * @throws CelCompileException as {@link #compile(String)}, and for another variable; the message lists them
   */
  public CelProgram compile(String expression, Set<String> allowed) {
    if (expression.isBlank()) {
      throw new CelCompileException(expression, 1, 1, "the expression is empty");
    }
    if (expression.length() > limits.sourceCharacters()) {
      throw new CelCompileException(expression, 1, limits.sourceCharacters() + 1,
          "longer than " + limits.sourceCharacters() + " characters");
    }
    try {
      CelCompilerBuilder declared = compiler.toCompilerBuilder();
      if (allowed != null && allowed.contains(RESOURCE)) {
        declared.addMacros(CONDITION);
      }
      var names = new ExpressionNames(declared.build().parse(expression).getAst().getExpr());
      (allowed == null ? names.variables() : allowed).forEach(name -> declared.addVar(name, SimpleType.DYN));
      CelAbstractSyntaxTree ast = declared.build().compile(expression).getAst();
      var mistake = ConditionLookup.mistake(ast);
      if (mistake.isPresent()) {
        var at = ast.getSource().getOffsetLocation(mistake.get().offset());
        throw new CelCompileException(expression, at.map(CelSourceLocation::getLine).orElse(1),
            1 + at.map(CelSourceLocation::getColumn).orElse(0), mistake.get().reason());
      }
      return new CelProgram(expression, (CelRuntime.Program) runtime.createProgram(ast), ast, names, rules);
    } catch (CelValidationException e) {
      throw failure(expression, e, allowed);
    } catch (CelCompileException e) {
      throw e;
    } catch (dev.cel.runtime.CelEvaluationException | RuntimeException e) {
      throw new CelCompileException(expression, 1, 1, "the expression cannot be evaluated");
    } catch (StackOverflowError e) {
      throw new CelCompileException(expression, 1, 1, "nested too deeply");
    }
  }

  /**
   * The values that an expression reads: the longest chains of selections from its variables, each as CEL, in source
   * order, without those of macro variables.
   *
   * @throws CelCompileException when it is not CEL
   */
  public List<String> paths(String expression) {
    try {
      return new ExpressionPaths(compiler.parse(expression).getAst().getExpr()).list();
    } catch (CelValidationException e) {
      throw failure(expression, e, null);
    }
  }

  private CelCompileException failure(String expression, CelValidationException e, Set<String> allowed) {
    if (e.getErrors().isEmpty()) {
      return new CelCompileException(expression, 1, 1, CelException.shorten(String.valueOf(e.getMessage())));
    }
    CelIssue issue = e.getErrors().get(0);
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    String reason = CelException.shorten(issue.getMessage().replace(" (in container '')", "")
        .replaceFirst(" \\(candidates: \\((%\\w+), \\1\\)\\)$", "; both sides must have the same type"));
    reason += HINTS.entrySet().stream().filter(hint -> issue.getMessage().startsWith(hint.getKey()))
        .map(hint -> "; " + hint.getValue()).findFirst().orElse("");
    if (reason.startsWith("undeclared reference")) {
      boolean call = expression.lines().skip(line - 1L).findFirst().orElse("").startsWith("(", column);
      reason += call || allowed == null ? functions : "; known variables: " + String.join(", ", new TreeSet<>(allowed));
    }
    return new CelCompileException(expression, line, column + 1, reason);
  }
}
