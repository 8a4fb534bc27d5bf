package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import io.hyperfleet.docs.SourceTexts.Call;
import io.hyperfleet.docs.SourceTexts.Place;
import io.hyperfleet.docs.SourceTexts.Scope;
import io.hyperfleet.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lists what the API and the conditions tell people, by code and by reason, in one file for review: a text that changes
 * shows there. The texts are found in the sources.
 */
class MessagesTest {

  private static final Path LIST = Path.of("src/test/resources/messages.txt");
  private static final Path ROUTES = Path.of("src/main/resources/routes");
  private static final SourceTexts SOURCES = SourceTexts.below(Path.of("src/main/java"));
  private static final String CODES = "ProblemCode";
  private static final String OPEN = "(any)";

  /** Records whose components say a condition's reason and, in the next one, its message. */
  private static final Map<String, Integer> CONDITIONS = Map.of("Condition", 2, "DestinationCondition", 2, "Verdict",
      1);

  /** What the messages of adapters' reports are made of; a route gives them a reason. */
  private static final Set<String> REPORTS = Set.of("AdapterFailures", "AdapterRuntime", "Applied", "Explanation",
      "ExpressionErrors", "GonePod", "JobState", "KubernetesErrors", "Manifests", "MissingPermission", "PodEnd",
      "RefusedFields", "ResourceLaunches", "Rollout", "UnmetConditions", "UnusableManifestException",
      "WorkloadDeletion",
      "WorkloadFailures", "WorkloadProgress");

  @Test
  void listsEveryMessage() {
    GeneratedPage.assertIs(getClass(), LIST, """
        Texts for review, found in the sources; {name} is filled in at run time.
        Written by %s

        """.formatted(GeneratedPage.command(getClass()))
        + section("Problems: detail by code", problems())
        + section("Problems: errors of fields and parameters", Map.of("all codes", fields()))
        + section("Conditions: message by reason", conditions())
        + section("Reports of adapters: reasons by the step of a route", exits())
        + section("Reports of adapters: parts of messages", Map.of("all reasons", reports())));
  }

  @Test
  void findsATextOfEveryCode() {
    assertThat(problems().keySet()).hasSize(ProblemCode.values().length)
        .allSatisfy(code -> assertThat(problems().get(code)).as(code).isNotEmpty());
  }

  private static String section(String title, Map<String, ? extends Collection<String>> texts) {
    return "== " + title + "\n\n" + new TreeMap<>(texts).entrySet().stream()
        .map(entry -> entry.getKey() + "\n"
            + entry.getValue().stream().map(text -> "  " + text.strip().replace("\n", "\\n"))
                .distinct().sorted().map(text -> text + "\n").collect(Collectors.joining())
            + "\n")
        .collect(Collectors.joining());
  }

  private static Map<String, Set<String>> problems() {
    var found = new TreeMap<String, Set<String>>();
    Stream.of(ProblemCode.values()).forEach(code -> found.put(key(code), new TreeSet<>()));
    for (Call call : problemCalls()) {
      for (Place code : codes(call.argument(0))) {
        var detail = new Place(call.arguments().get(1), code.scope());
        found.get(key(ProblemCode.valueOf(name(code.expression())))).addAll(worded(SOURCES.texts(detail)));
      }
    }
    return found;
  }

  /** Constructors and a method that are given a problem's code and its detail. */
  private static List<Call> problemCalls() {
    return Stream.concat(Stream.of("Problem", "TokenFailure").flatMap(type -> SOURCES.constructions(type).stream()),
        SOURCES.named("of", "ProblemDetails").stream())
        .filter(call -> call.arguments().size() >= 2).toList();
  }

  private static String key(ProblemCode code) {
    return (code.code() == null ? "(no code)" : code.code()) + " " + code;
  }

  /** The codes that an expression may stand for, each in the scope in which the detail is to be read. */
  private static List<Place> codes(Place place) {
    if (place.expression() instanceof MemberSelectTree member && member.getExpression().toString().equals(CODES)) {
      return List.of(place);
    }
    if (place.expression() instanceof IdentifierTree name && place.scope().method() != null
        && place.scope().bound().isEmpty()) {
      return SOURCES.callers(place.scope()).stream()
          .map(call -> SourceTexts.bind(place.scope(), call.arguments(), call.scope()))
          .flatMap(scope -> codes(scope, name)).toList();
    }
    return SOURCES.alternatives(place).stream().flatMap(one -> codes(one).stream())
        .map(code -> new Place(code.expression(), place.scope())).toList();
  }

  private static Stream<Place> codes(Scope scope, IdentifierTree name) {
    var argument = scope.bound().get(name.getName().toString());
    return argument == null
        ? Stream.of()
        : codes(argument).stream().map(code -> new Place(code.expression(), scope));
  }

  private static String name(ExpressionTree code) {
    return ((MemberSelectTree) code).getIdentifier().toString();
  }

  private static Set<String> fields() {
    return worded(Stream.concat(SOURCES.constructions("FieldError").stream(),
        SOURCES.named("format", "FieldError").stream())
        .flatMap(call -> SOURCES.texts(call.argument(1)).stream()).toList());
  }

  private static Map<String, Set<String>> conditions() {
    var found = new TreeMap<String, Set<String>>();
    CONDITIONS.forEach((type, index) -> SOURCES.constructions(type).stream()
        .filter(call -> call.arguments().size() > index + 1)
        .forEach(call -> SOURCES.texts(call.argument(index)).forEach(reason -> {
          var texts = worded(SOURCES.texts(call.argument(index + 1)));
          if (!texts.isEmpty()) {
            found.computeIfAbsent(reason.contains("{") ? OPEN : reason, key -> new TreeSet<>()).addAll(texts);
          }
        })));
    return found;
  }

  /** What each step of a route reports that ends the handling of an event. */
  private static Map<String, Set<String>> exits() {
    var found = new TreeMap<String, Set<String>>();
    var condition = Pattern.compile("[A-Z][A-Za-z]+=(True|False|Unknown) [A-Z][A-Za-z]+");
    for (String route : routes()) {
      var step = Pattern.compile("id: (exit-[a-z-]+)\\s.*?(?=\\n\\s*- |\\z)", Pattern.DOTALL).matcher(route);
      while (step.find()) {
        var conditions = condition.matcher(step.group().replaceAll("\\s+", " ")).results().map(match -> match.group())
            .collect(Collectors.joining(", "));
        if (!conditions.isEmpty()) {
          found.computeIfAbsent(step.group(1), key -> new TreeSet<>()).add(conditions);
        }
      }
    }
    return found;
  }

  private static List<String> routes() {
    try (var files = Files.walk(ROUTES)) {
      var texts = new ArrayList<String>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> reports() {
    // Without the regular expressions that answers of Kubernetes are read by.
    return worded(
        SOURCES.within(REPORTS::contains).stream().filter(text -> !text.matches("(?s).*(\\\\|\\(\\?|\\.\\*|\\$\\d).*"))
            .toList());
  }

  /** Those that are more than what is filled in. */
  private static Set<String> worded(Collection<String> texts) {
    return texts.stream().filter(text -> text.replaceAll("\\{[^}]*}", "").matches("(?s).*[A-Za-z]{2,}.*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
