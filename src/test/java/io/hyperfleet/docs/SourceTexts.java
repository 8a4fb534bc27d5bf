package io.hyperfleet.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The texts that expressions in the sources can yield: literals as they stand, {@code {name}} for what is known at run
 * time only. Follows conditionals, variables, constants, parameters to their callers, and methods of the sources to
 * what they return.
 */
final class SourceTexts {

  private static final Pattern HOLES = Pattern.compile("(\\{[^}]*}|[^\\p{L}])*");
  private static final int DEEPEST = 6;
  private static final int MOST = 40;

  /**
   * Where an expression stands.
   *
   * @param type the innermost class around it
   * @param method the method around it, or null
   * @param bound what the method's parameters are here, where that is known
   */
  record Scope(ClassTree type, MethodTree method, Map<String, Place> bound) {}

  /** An expression and where it stands. */
  record Place(ExpressionTree expression, Scope scope) {}

  /** A call of a method or constructor, by the name of the method or class. */
  record Call(String name, String receiver, List<? extends ExpressionTree> arguments, Scope scope) {

    Place argument(int index) {
      return new Place(arguments.get(index), scope);
    }
  }

  private final Map<String, List<Call>> calls = new HashMap<>();
  private final Map<String, List<Scope>> methods = new HashMap<>();
  private final Map<String, ClassTree> classes = new HashMap<>();

  private SourceTexts() {}

  /** Parses all sources below a directory. */
  static SourceTexts below(Path directory) {
    var texts = new SourceTexts();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null); var paths = Files.walk(directory)) {
      var sources = paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
      var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
          files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        texts.new Reader().scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private final class Reader extends TreeScanner<Void, Void> {

    private ClassTree type;
    private MethodTree method;

    private Scope scope() {
      return new Scope(type, method, Map.of());
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      var before = scope();
      if (!tree.getSimpleName().isEmpty()) {
        type = tree;
        method = null;
        classes.put(tree.getSimpleName().toString(), tree);
      }
      super.visitClass(tree, nothing);
      type = before.type();
      method = before.method();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
      var before = method;
      method = tree;
      methods.computeIfAbsent(tree.getName().toString(), name -> new ArrayList<>()).add(scope());
      super.visitMethod(tree, nothing);
      method = before;
      return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
      var select = tree.getMethodSelect();
      if (select instanceof MemberSelectTree member) {
        call(member.getIdentifier().toString(), member.getExpression().toString(), tree.getArguments());
      } else if (select instanceof IdentifierTree name) {
        call(name.getName().toString(), "", tree.getArguments());
      }
      return super.visitMethodInvocation(tree, nothing);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void nothing) {
      call(tree.getIdentifier().toString().replaceFirst(".*\\.", ""), "new", tree.getArguments());
      return super.visitNewClass(tree, nothing);
    }

    private void call(String name, String receiver, List<? extends ExpressionTree> arguments) {
      calls.computeIfAbsent(name, key -> new ArrayList<>()).add(new Call(name, receiver, arguments, scope()));
    }
  }

  /** All calls of a constructor. */
  List<Call> constructions(String type) {
    return calls.getOrDefault(type, List.of()).stream().filter(call -> call.receiver().equals("new")).toList();
  }

  /** All calls of a static method, from its own class or through the name of the class. */
  List<Call> named(String method, String type) {
    return calls(classes.get(type), method);
  }

  /** All calls of a method, from its own class or through the name of the class. */
  List<Call> calls(ClassTree type, String method) {
    var name = type.getSimpleName().toString();
    return calls.getOrDefault(method, List.of()).stream()
        .filter(call -> call.receiver().equals(name)
            || (call.receiver().isEmpty() || call.receiver().equals("this")) && call.scope().type() == type)
        .toList();
  }

  /** Texts of an expression; holes are names in braces. */
  Set<String> texts(Place place) {
    return texts(place, 0);
  }

  private Set<String> texts(Place place, int depth) {
    var scope = place.scope();
    var tree = place.expression();
    if (depth > DEEPEST) {
      return Set.of(hole(tree));
    }
    if (tree instanceof LiteralTree literal) {
      return literal.getValue() == null ? Set.of() : Set.of(String.valueOf(literal.getValue()));
    }
    if (tree instanceof ParenthesizedTree inner) {
      return texts(new Place(inner.getExpression(), scope), depth);
    }
    if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS && tree.toString().contains("\"")) {
      return product(texts(new Place(sum.getLeftOperand(), scope), depth),
          texts(new Place(sum.getRightOperand(), scope), depth), tree);
    }
    var alternatives = alternatives(place);
    // What yields no words of its own is one hole, by the name that is nearest to the text.
    return alternatives.isEmpty()
        ? Set.of(hole(tree))
        : alternatives.stream().flatMap(one -> texts(one, depth + 1).stream())
            .map(text -> HOLES.matcher(text).matches() ? hole(tree) : text)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> product(Set<String> left, Set<String> right, ExpressionTree tree) {
    var all = left.stream().flatMap(begin -> right.stream().map(begin::concat))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    if (all.size() <= MOST) {
      return all;
    }
    // Too many to list each with each: what can stand on either side.
    all.clear();
    left.forEach(begin -> all.add(begin + "{...}"));
    right.forEach(end -> all.add("{...}" + end));
    return all;
  }

  /** What an expression may stand for; empty where only the running program knows. */
  List<Place> alternatives(Place place) {
    var scope = place.scope();
    var tree = place.expression();
    if (tree instanceof ParenthesizedTree inner) {
      return List.of(new Place(inner.getExpression(), scope));
    }
    if (tree instanceof ConditionalExpressionTree either) {
      return List.of(new Place(either.getTrueExpression(), scope), new Place(either.getFalseExpression(), scope));
    }
    if (tree instanceof SwitchExpressionTree choice) {
      return choice.getCases().stream().map(CaseTree::getBody).filter(ExpressionTree.class::isInstance)
          .map(body -> new Place((ExpressionTree) body, scope)).toList();
    }
    if (tree instanceof IdentifierTree name) {
      return named(name.getName().toString(), scope);
    }
    if (tree instanceof MemberSelectTree member && classes.containsKey(member.getExpression().toString())) {
      return constant(classes.get(member.getExpression().toString()), member.getIdentifier().toString());
    }
    if (tree instanceof MethodInvocationTree call) {
      return returned(call, scope);
    }
    return List.of();
  }

  private List<Place> named(String name, Scope scope) {
    if (scope.bound().containsKey(name)) {
      return List.of(scope.bound().get(name));
    }
    if (scope.method() != null) {
      var parameters = scope.method().getParameters();
      for (int i = 0; i < parameters.size(); i++) {
        if (parameters.get(i).getName().contentEquals(name)) {
          int index = i;
          return callers(scope).stream().map(call -> call.argument(index)).toList();
        }
      }
      var local = local(scope.method(), name);
      if (local.isPresent()) {
        return List.of(new Place(local.get(), scope));
      }
    }
    return scope.type() == null ? List.of() : constant(scope.type(), name);
  }

  /** The calls of the method of a scope, as many arguments as it has parameters. */
  List<Call> callers(Scope scope) {
    var method = scope.method();
    var all = method.getName().contentEquals("<init>")
        ? constructions(scope.type().getSimpleName().toString())
        : calls(scope.type(), method.getName().toString());
    return all.stream().filter(call -> call.arguments().size() == method.getParameters().size()).toList();
  }

  private static Optional<ExpressionTree> local(MethodTree method, String name) {
    var found = new ArrayList<ExpressionTree>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void nothing) {
        if (tree.getName().contentEquals(name) && tree.getInitializer() != null) {
          found.add(tree.getInitializer());
        }
        return super.visitVariable(tree, nothing);
      }
    }.scan(method.getBody(), null);
    return found.stream().findFirst();
  }

  private static List<Place> constant(ClassTree type, String name) {
    return type.getMembers().stream().filter(VariableTree.class::isInstance).map(VariableTree.class::cast)
        .filter(field -> field.getName().contentEquals(name) && field.getInitializer() != null
            && !(field.getInitializer() instanceof NewClassTree))
        .map(field -> new Place(field.getInitializer(), new Scope(type, null, Map.of()))).toList();
  }

  private List<Place> returned(MethodInvocationTree call, Scope scope) {
    var select = call.getMethodSelect();
    var name = select instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : select.toString();
    if (name.equals("formatted") || name.equals("strip")) {
      return List.of(new Place(((MemberSelectTree) select).getExpression(), scope));
    }
    var type = select instanceof MemberSelectTree member
        ? classes.get(member.getExpression().toString())
        : scope.type();
    return methods.getOrDefault(name, List.of()).stream()
        .filter(found -> found.type() == type && found.method().getBody() != null
            && found.method().getParameters().size() == call.getArguments().size())
        .flatMap(found -> returns(bind(found, call.getArguments(), scope)).stream()).toList();
  }

  /** A method's scope with the arguments of one of its calls. */
  static Scope bind(Scope called, List<? extends ExpressionTree> arguments, Scope caller) {
    var bound = new HashMap<String, Place>();
    var parameters = called.method().getParameters();
    for (int i = 0; i < parameters.size(); i++) {
      bound.put(parameters.get(i).getName().toString(), new Place(arguments.get(i), caller));
    }
    return new Scope(called.type(), called.method(), bound);
  }

  private static List<Place> returns(Scope scope) {
    var found = new ArrayList<Place>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitReturn(ReturnTree tree, Void nothing) {
        found.add(new Place(tree.getExpression(), scope));
        return null;
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
        return null;
      }

      @Override
      public Void visitClass(ClassTree tree, Void nothing) {
        return null;
      }
    }.scan(scope.method().getBody(), null);
    return found;
  }

  /** All texts with a space in them that stand in some classes, each with what it is joined to. */
  Set<String> within(Predicate<String> types) {
    var found = new LinkedHashSet<String>();
    classes.forEach((name, type) -> {
      if (types.test(name)) {
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitBinary(BinaryTree tree, Void nothing) {
            if (tree.getKind() == Tree.Kind.PLUS && Stream.of(tree.toString().split("\"", -1)).count() > 1) {
              found.addAll(texts(new Place(tree, new Scope(type, null, Map.of()))));
              return null;
            }
            return super.visitBinary(tree, nothing);
          }

          @Override
          public Void visitLiteral(LiteralTree tree, Void nothing) {
            found.add(String.valueOf(tree.getValue()));
            return null;
          }
        }.scan(type, null);
      }
    });
    found
        .removeIf(text -> !text.replaceAll("\\{[^}]*}", "").matches("(?s).*[A-Za-z]{2,}[,;:.]? .*|(?s).* [a-z]{2,}.*"));
    return found;
  }

  private static String hole(ExpressionTree tree) {
    var text = tree.toString().replaceAll("\\s+", " ");
    var name = text.replaceAll(" [+] \\d+$", "").replaceAll("\\(.*\\)$", "").replaceAll("\\.(get|toString|name)$", "");
    return "{" + (name.matches("[A-Za-z_][\\w.()]*") ? name.replaceFirst(".*\\.", "") : "...") + "}";
  }
}
