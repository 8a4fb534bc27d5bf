package io.hyperfleet.cel.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every function, operator and macro that expressions may use, as the engine registers them. */
public final class CelReference {

  private static final Pattern OPERATOR = Pattern.compile("[^A-Za-z]*_[^A-Za-z]*|_(\\?_:_|\\[\\??_]|\\?\\._)");
  /** Internal functions that others are implemented with. */
  private static final Pattern INTERNAL = Pattern.compile(".*@.*|__.*|_in_");

  private final List<FunctionLibrary> libraries;

  /** All of some libraries. */
  public CelReference(List<FunctionLibrary> libraries) {
    this.libraries = libraries;
  }

  /**
   * An expression and its result.
   *
   * @param result JSON, or {@code error: } and the message
   */
  public record Example(String expression, String result) {}

  /**
   * A function, operator or macro.
   *
   * @param name how it is called
   * @param signatures how it is written, with types
   * @param what its result, with units
   * @param wrong behaviour for missing or wrong values
   * @param examples expressions with their results
   */
  public record Function(String name, List<String> signatures, String what, String wrong, List<Example> examples) {}

  /** Functions that belong together. */
  public record Group(String title, String what, List<Function> functions) {}

  /** All of them. */
  public List<Group> groups() {
    return libraries.stream().map(library -> new Group(library.title(), library.what(),
        library.notes().stream().map(note -> function(library, note)).toList())).toList();
  }

  /** Functions that are registered but not described, and vice versa. */
  public Set<String> undocumented() {
    var wrong = new TreeSet<String>();
    for (var library : libraries) {
      var described = library.notes().stream().map(FunctionNote::name).collect(Collectors.toSet());
      var names = new LinkedHashSet<String>();
      library.declared().stream().map(CelFunctionDecl::name)
          .filter(name -> name.equals("@in") || !INTERNAL.matcher(name).matches()).forEach(names::add);
      library.macros().forEach(macro -> names.add(macro.getFunction()));
      names.stream().filter(name -> !described.contains(name)).forEach(wrong::add);
      described.stream().filter(name -> !names.contains(name)).forEach(wrong::add);
    }
    return wrong;
  }

  private static Function function(FunctionLibrary library, FunctionNote note) {
    var signatures = new LinkedHashSet<>(note.signatures());
    if (signatures.isEmpty()) {
      library.declared().stream().filter(function -> function.name().equals(note.name()))
          .flatMap(function -> function.overloads().stream())
          .forEach(overload -> signatures.add(signature(note.name(), overload)));
    }
    return new Function(shown(note.name()), List.copyOf(signatures), note.what(), note.wrong(), note.examples());
  }

  /** An operator without the places of its operands. */
  private static String shown(String name) {
    return name.equals("@in") ? "in" : OPERATOR.matcher(name).matches() ? name.replace("_", "") : name;
  }

  private static String signature(String name, CelOverloadDecl overload) {
    var types = new ArrayList<>(overload.parameterTypes().stream().map(CelReference::type).toList());
    var result = " → " + type(overload.resultType());
    if (name.equals("@in")) {
      return types.get(0) + " in " + types.get(1) + result;
    }
    if (OPERATOR.matcher(name).matches()) {
      var written = new StringBuilder();
      for (char c : name.toCharArray()) {
        boolean binary = "+-*/%=!<>&|".indexOf(c) >= 0 && name.startsWith("_");
        written.append(c == '_' ? types.remove(0) : binary ? c : String.valueOf(c));
      }
      return spaced(name, written.toString()) + result;
    }
    var target = overload.isInstanceFunction() ? types.remove(0) + "." : "";
    return target + name + "(" + String.join(", ", types) + ")" + result;
  }

  private static String spaced(String name, String written) {
    var operator = name.replace("_", "");
    return name.startsWith("_") && !operator.startsWith("[")
        ? written.replace(operator, " " + operator + " ")
        : written;
  }

  private static String type(CelType type) {
    return CelTypes.format(type).replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration").replace("optional_type", "optional");
  }
}
