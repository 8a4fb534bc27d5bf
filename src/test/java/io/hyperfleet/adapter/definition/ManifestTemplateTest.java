package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.Unknown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTemplateTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final Set<String> NAMES = Set.of("cluster", "adapter");

  private final AdapterProblems problems = new AdapterProblems("test");

  private ManifestTemplate compile(String yaml) throws Exception {
    return ManifestTemplate.compile("test",
        YamlDocument.parse("test.yaml", yaml.getBytes(StandardCharsets.UTF_8)), ENGINE, NAMES, problems);
  }

  private Object render(String yaml, Object cluster) throws Exception {
    ManifestTemplate template = compile(yaml);
    assertThat(problems.list()).isEmpty();
    return template.render(Map.of("cluster", cluster, "adapter", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ${cluster.name}                      | prod
      a-${cluster.name}-${cluster.n}       | a-prod-3
      ${cluster.n}                         | 3
      n=${cluster.n}                       | n=3
      ${cluster.half} and ${cluster.half}  | 0.5 and 0.5
      big=${double(cluster.n) * 1000000.0} | big=3000000
      ${cluster.on}                        | true
      ${cluster.list}                      | [1, 2]
      ${cluster.nothing}                   | null
      $${cluster.name}                     | ${cluster.name}
      $${${cluster.name}}                  | ${prod}
      $$${cluster.name}                    | $${cluster.name}
      $x $ {y} $$ $(z)                     | $x $ {y} $$ $(z)
      ${'}' + cluster.name + "{"}          | }prod{
      ${{'a': {'b': 1}}.a.b}               | 1
      ${'${cluster.name}'}                 | ${cluster.name}
      {{bean:x}} {{env:HOME}} ${cluster.n} | {{bean:x}} {{env:HOME}} 3
      """)
  void fillsInTexts(String text, String expected) throws Exception {
    Map<String, Object> cluster = new LinkedHashMap<>(
        Map.of("name", "prod", "n", 3, "half", 0.5, "on", true, "list", List.of(1, 2)));
    cluster.put("nothing", null);

    Object value = ((Map<?, ?>) render("v: >-\n  " + text, cluster)).get("v");

    assertThat(String.valueOf(value)).isEqualTo(expected);
  }

  @Test
  void aTextThatIsOnlyAnExpressionKeepsTheType() throws Exception {
    assertThat(render("{'n': '${cluster.n}', b: '${cluster.n > 1}', l: '${[cluster.n]}', m: \"${{'k': cluster.n}}\"}",
        Map.of("n", 2))).isEqualTo(Map.of("n", 2L, "b", true, "l", List.of(2L), "m", Map.of("k", 2L)));
  }

  @Test
  void fillsInKeysAndRefusesTheSameKeyTwice() throws Exception {
    assertThat(render("labels: {'team-${cluster.team}': '1'}", Map.of("team", "a")))
        .isEqualTo(Map.of("labels", Map.of("team-a", "1")));

    assertThatThrownBy(() -> render("x: 1\nlabels:\n  a: '1'\n  ${cluster.team}: '2'\n", Map.of("team", "a")))
        .isInstanceOf(ManifestException.class)
        .hasMessage("test.yaml:4: labels.${cluster.team}: duplicate key after rendering");
  }

  @Test
  void rendersANewMapEachTime() throws Exception {
    ManifestTemplate template = compile("a: {b: [1, {c: '${cluster.l}'}]}");
    List<Object> list = new ArrayList<>(List.of("x"));
    Map<String, Object> variables = Map.of("cluster", Map.of("l", list), "adapter", Map.of());

    Map<String, Object> one = template.render(variables);
    ((Map<?, ?>) one.get("a")).clear();
    list.add("y");
    Map<String, Object> two = template.render(variables);
    list.add("z");

    assertThat(two).isEqualTo(Map.of("a", Map.of("b", List.of(1L, Map.of("c", List.of("x", "y"))))));
  }

  /** Whatever a user of the API may write (S4 of SECURITY.md): it stays text, and one value. */
  @ParameterizedTest
  @ValueSource(strings = {
      "{{bean:x}}", "{{env:HOME}}", "{{sys:user.home}}", "{{?x}}", "${env:HOME}", "${sys:user.home}", "${bean:x.y}",
      "${cluster.secret}", "$${cluster.name}", "${", "}", "}}", "#{1+1}", "%{x}", "@{x}", "$simple{body}",
      "x\n  evil: true", "x\nevil: true\n---\nkind: ClusterRoleBinding", "\"", "'", "\\", "a\": \"b", "{a: b}",
      "[1, 2]", "- a", "!!java.lang.Runtime x", "&a", "*a", "|", ">", "# x", "yes", "null", "~", "1", "0x10", "1e3",
      "\u0000", "\u001b[31m", "\u2028", "\uD83D\uDE00", "; rm -rf /", "$(rm -rf /)", "`id`", "../../etc/passwd",
      "<script>alert(1)</script>", "' || true || '", "'}${1+1}", "\r\nSet-Cookie: x", "<<: *x", ""})
  void hostileValuesStayText(String value) throws Exception {
    String yaml = """
        metadata:
          labels: {'${cluster.key}': '${cluster.value}'}
        spec: '${cluster.spec}'
        env: ['v=${cluster.value};']
        """;

    assertThat(render(yaml, Map.of("key", value, "value", value, "spec", Map.of(value, value))))
        .isEqualTo(Map.of("metadata", Map.of("labels", Map.of(value, value)), "spec", Map.of(value, value),
            "env", List.of("v=" + value + ";")));
  }

  @Test
  void compileProblemsNameFileLineKeyAndExpression() throws Exception {
    compile("a: 1\nspec:\n  items:\n"
        + "    - image: x:${clster.name}\n    - 'b ${cluster.'\n    - ${HOME}\n    - ${1 +}\n");

    assertThat(problems.list()).extracting(AdapterProblem::toString).satisfiesExactlyInAnyOrder(
        problem -> assertThat(problem).startsWith("test.yaml:4: spec.items[0].image: CEL 'clster.name', column 1: "
            + "undeclared reference to 'clster'; known variables: adapter, cluster"),
        problem -> assertThat(problem).startsWith("test.yaml:5: spec.items[1]: '${' without closing '}'"),
        problem -> assertThat(problem).contains("test.yaml:6: spec.items[2]").endsWith("write $${ for a literal ${"),
        problem -> assertThat(problem).startsWith("test.yaml:7: spec.items[3]: CEL '1 +', column 4: "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ${cluster.absent}        | ${cluster.absent}: key 'absent' is not present
      x ${cluster.nothing}     | cannot insert null into text
      x ${cluster.list}        | cannot insert a list or a map into text; use toJson(...)
      """)
  void renderErrorsNameFileLineKeyAndExpression(String text, String reason) {
    Map<String, Object> cluster = new LinkedHashMap<>(Map.of("list", List.of(), "token", "hunter2"));
    cluster.put("nothing", null);

    assertThatThrownBy(() -> render("a: 1\nspec:\n  image: \"" + text + "\"\n", cluster))
        .isInstanceOf(ManifestException.class).hasMessageStartingWith("test.yaml:3: spec.image: " + reason)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aManifestDoesNotGrowWithoutLimit() {
    assertThatThrownBy(() -> render("['" + "${cluster.x}', '".repeat(30) + "']", Map.of("x", "x".repeat(60_000))))
        .isInstanceOf(ManifestException.class).hasMessageContaining("exceeds");
  }

  /** Each look at this clock takes 300 ms. */
  private static LongSupplier slowClock() {
    var time = new AtomicLong();
    return () -> time.addAndGet(Duration.ofMillis(300).toNanos());
  }

  @Test
  void manyExpensiveExpressionsEndTogether() throws Exception {
    var three = compile("list:\n" + "- ${1 + 1}\n".repeat(3));
    var many = compile("list:\n" + "- ${1 + 1}\n".repeat(5));

    assertThat(three.render(Map.of(), slowClock())).isEqualTo(Map.of("list", List.of(2L, 2L, 2L)));
    assertThatThrownBy(() -> many.render(Map.of(), slowClock())).isInstanceOf(ManifestException.class)
        .hasMessageContaining("rendering the manifest took longer than 1000 ms");
  }

  @Test
  void manyExpensiveConditionsEndTogether() {
    var conditions = Stream.of("one", "two", "three", "four")
        .map(name -> new AdapterCondition(name, ENGINE.compile("true"))).toList();

    var unmet = UnmetConditions.of("precondition", conditions, Map.of(), slowClock());

    assertThat(unmet.names()).containsExactly("four");
    assertThat(unmet.errors()).containsEntry("four",
        "precondition 'four': not evaluated, earlier expressions took longer than 1000 ms");
  }

  @Test
  void tellsBeforeItIsFilledInWhatIsNotYetKnown() throws Exception {
    var outline = compile(
        "{a: '${cluster.n}', 'k-${cluster.n}': ['x-$${y}', 'x-${cluster.n}', 3], '${cluster.k}': {b: null}}").outline();

    assertThat(outline).containsEntry("a", Unknown.VALUE)
        .containsEntry(Unknown.TEXT, List.of("x-${y}", Unknown.TEXT, 3L))
        .containsKey(Unknown.VALUE);
  }
}
