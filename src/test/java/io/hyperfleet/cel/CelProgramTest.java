package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelProgramTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final CelEngine ENGINE = new CelEngine(CelLimits.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC),
      System::nanoTime);
  private static final String CLUSTER = """
      {"id": "c-1", "name": "prod", "generation": 3, "ratio": 2.5, "whole": 3.0, "nothing": null, "on": true,
       "huge": 18446744073709551616, "least": -9223372036854775809, "exponent": 1e400,
       "labels": {"team": "a", "x-y": "hyphen"}, "zones": ["a", "b", "c"], "sizes": [3, 1, 2],
       "conditions": [
         {"type": "Ready", "status": "True", "last_transition_time": "2026-01-02T03:03:05Z"},
         {"type": "Stuck", "status": "False", "lastTransitionTime": "2026-01-02T03:04:00+00:00"},
         {"type": "Odd", "status": 7, "last_transition_time": "yesterday"}],
       "feedback": {"values": [{"name": "phase", "fieldValue": {"string": "Up"}}]}}
      """;

  private static Object evaluate(String expression) throws Exception {
    Map<?, ?> cluster = new ObjectMapper().readValue(CLUSTER, Map.class);
    return ENGINE.compile(expression).evaluate(Map.of("cluster", cluster,
        "adapters", Map.of("dns", Map.of("available", true, "data", Map.of(), "conditions", Map.of(
            "Available", Map.of("status", "True", "reason", "Done", "last_transition_time", "2026-01-02T03:03:05Z"),
            "Health", Map.of("status", "False", "last_transition_time", "")))),
        "resources", Map.of("job", Map.of("kind", "Job", "status", Map.of(
            "conditions", List.of(Map.of("type", "Complete", "status", "True")))))));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      cluster.name                                                        | prod
      cluster.name + '-' + string(cluster.generation)                     | prod-3
      cluster.generation                                                  | 3
      cluster.generation > 2 && cluster.generation <= 3                   | true
      cluster.generation == 3.0                                           | true
      cluster.whole == 3                                                  | true
      string(cluster.whole) + string(cluster.ratio)                       | 32.5
      cluster.huge > cluster.generation && cluster.least < 0              | true
      cluster.huge == cluster.huge && cluster.huge != 1                   | true
      cluster.huge == 18446744073709551616.0                              | true
      cluster.exponent > cluster.huge                                     | true
      cluster.huge in [1, 2, cluster.huge]                                | true
      string(cluster.huge) + ' ' + string(cluster.exponent)               | 1.8446744073709552E19 Infinity
      type(cluster.huge) == double                                        | true
      [cluster.huge, 2, 1.5].sort()[0]                                    | 1.5
      [cluster.huge, cluster.huge].distinct().size()                      | 1
      cluster.exponent - cluster.exponent == cluster.exponent             | false
      cluster.nothing == null                                             | true
      has(cluster.nothing)                                                | true
      has(cluster.absent)                                                 | false
      cluster.?absent.?deep.orValue('none')                               | none
      cluster.?labels['x-y'].orValue('none')                              | hyphen
      cluster.labels[?'z'].orValue('none')                                | none
      cluster.?labels.hasValue()                                          | true
      cluster.labels['x-y']                                               | hyphen
      'b' in cluster.zones                                                | true
      'team' in cluster.labels                                            | true
      cluster.zones.all(z, z.matches('^[a-z]$'))                          | true
      cluster.zones.exists(z, z == 'c')                                   | true
      cluster.zones.exists_one(z, z > 'b')                                | true
      cluster.zones.filter(z, z != 'b').join('+')                         | a+c
      cluster.zones.map(z, z.upperAscii()).join()                         | ABC
      'ABC'.lowerAscii()                                                  | abc
      size(cluster.zones)                                                 | 3
      cluster.sizes.sort()[0]                                             | 1
      cluster.sizes.sortBy(s, -s)[0]                                      | 3
      [1, 1.0, 2, 1].distinct().size()                                    | 3
      [[1], [2, [3]]].flatten().size()                                    | 3
      [[1], [2, [3]]].flatten(2).size()                                   | 3
      lists.range(3).map(i, string(i)).join()                             | 012
      [1, 2, 3].slice(1, 3).reverse()[0]                                  | 3
      math.greatest(1, cluster.generation)                                | 3
      'a,b,c'.split(',').size()                                           | 3
      'a,b,c'.split(',', 2)[1]                                            | b,c
      'abc'.split('').join('.')                                           | a.b.c
      'a,b,'.split(',').size()                                            | 3
      'a-b-c'.replace('-', '+')                                           | a+b+c
      'a-b-c'.replace('-', '+', 1)                                        | a+b-c
      'ab'.replace('', '.')                                               | .a.b.
      'abcb'.indexOf('b') * 10 + 'abcb'.lastIndexOf('b')                  | 13
      'abcb'.indexOf('b', 2) * 10 + 'abcb'.lastIndexOf('b', 2)            | 31
      'abc'.charAt(1) + 'abc'.substring(1, 2) + ' x '.trim()              | bbx
      strings.quote('a"b')                                                | "a\\"b"
      timestamp('2026-01-01T00:00:00Z') + duration('1h')                  | 2026-01-01T01:00:00Z
      duration('90s')                                                     | 90s
      duration('1500ms')                                                  | 1.5s
      type(cluster.generation) == int                                     | true
      optional.of(1)                                                      | 1
      b'abc'                                                              | YWJj
      now()                                                               | 2026-01-02T03:04:05Z
      toJson({'b': 1, 'a': [cluster.nothing, true]})                      | {"a":[null,true],"b":1}
      dig(cluster, 'conditions.0.type')                                   | Ready
      dig(cluster, 'conditions.9.type') == null                           | true
      dig(cluster, 'name.x.y') == null                                    | true
      conditionStatus(cluster.conditions, 'Ready')                        | True
      conditionStatus(cluster.conditions, 'Absent')                       | Unknown
      conditionStatus(cluster.conditions, 'Odd')                          | Unknown
      conditionStatus(cluster.?absent.orValue([]), 'Ready')               | Unknown
      conditionStatus(cluster.nothing, 'Ready')                           | Unknown
      conditionAge(cluster.conditions, 'Ready')                           | 60
      conditionAge(cluster.conditions, 'Stuck')                           | 5
      conditionAge(cluster.conditions, 'Odd')                             | -1
      conditionAge(cluster.conditions, 'Absent')                          | -1
      stableFor(cluster.conditions, 'Ready', 60)                          | true
      stableFor(cluster.conditions, 'Ready', 61)                          | false
      stableFor(cluster.conditions, 'Stuck', 1)                           | false
      stableFor(adapters.dns.conditions, 'Available', 60)                 | true
      stableFor(adapters.dns.conditions, 'Available', 61)                 | false
      stableFor(adapters.dns.conditions, 'Absent', 1)                     | false
      stableFor({}, 'Available', 1)                                       | false
      conditionStatus(adapters.dns.conditions, 'Health')                  | False
      conditionStatus(adapters.dns.?conditions, 'Health')                 | False
      conditionStatus(adapters.dns.?absent, 'Health')                     | Unknown
      conditionAge(adapters.dns.conditions, 'Health')                     | -1
      condition(adapters.dns.conditions, 'Available').reason              | Done
      condition(cluster.conditions, 'Ready').status                       | True
      condition(cluster, 'Ready').status + '.'                            | .
      condition(resources.job, 'Complete').status                         | True
      condition(resources.?job, 'Complete').status                        | True
      statusFeedbackValue(cluster.feedback, 'phase')                      | Up
      '[' + statusFeedbackValue(cluster.feedback, 'absent') + ']'         | []
      triState(true, true) + triState(false, true) + triState(false, false) | TrueFalseUnknown
      """)
  void evaluates(String expression, String expected) throws Exception {
    assertThat(evaluate(expression)).asString().isEqualTo(expected);
  }

  @Test
  void resultsArePlainJavaThatSharesNothingWithTheVariables() {
    Map<String, Object> labels = new LinkedHashMap<>(Map.of("a", 1));
    Map<String, Object> variables = Map.of("v", Map.of("labels", labels, "list", Arrays.asList(1, null, 2.5f)));

    Object result = ENGINE.compile("{'labels': v.labels, 'list': v.list, 'at': timestamp(0), 'no': optional.none()}")
        .evaluate(variables);
    labels.put("a", 2);

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("labels", Map.of("a", 1L));
    expected.put("list", Arrays.asList(1L, null, 2.5));
    expected.put("at", "1970-01-01T00:00:00Z");
    expected.put("no", null);
    assertThat(result).isEqualTo(expected);
  }

  @Test
  void timestampsAndDurationsAreVariablesToo() {
    assertThat(ENGINE.compile("now - then > duration('59m') && age < duration('2s')").test(
        Map.of("now", NOW, "then", NOW.minusSeconds(3600), "age", Duration.ofSeconds(1)))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      cluster.absent                         | key 'absent' is not present
      cluster.labels['zz'] == 'x'            | key 'zz' is not present
      missing.x                              | unknown variable 'missing'
      cluster.zones[9]                       | list index out of bounds in cluster.zones
      cluster.labels.team.x.y                | no field 'x' in a value that is not a map in cluster.labels.team
      cluster.conditions.all(c, c.nope == 1) | key 'nope' is not present in cluster.conditions[]
      int(cluster.huge)                      | number out of range
      cluster.name.x                         | no field 'x' in a value that is not a map
      cluster.name + 1                       | No matching overload
      1 / (cluster.generation - 3)           | division by zero
      9223372036854775807 + 1                | number out of range
      timestamp(cluster.name)                | text cannot be converted
      int(cluster.name)                      | text cannot be converted
      cluster.name.matches('(')              | invalid regular expression
      cluster.name.substring(9)              | wrong type or range
      conditionStatus(cluster.name, 'Ready') | conditionStatus requires conditions, such as adapters.dns.conditions or res
      conditionStatus(cluster.name, 'Ready') | not text
      conditionStatus(cluster, 'Ready')      | not another map, such as a whole resource
      conditionStatus(adapters, 'dns')       | not another map
      conditionStatus(adapters.dns, 'Health') | not another map
      conditionStatus(resources.job, 'Ready') | not another map
      conditionStatus(resources, 'job')      | not another map
      conditionStatus(cluster.labels, 'team') | not another map
      conditionAge(cluster.generation, 'Ready') | conditionAge requires conditions
      conditionAge(cluster.ratio, 'Ready')   | not a number
      stableFor(cluster.on, 'Ready', 5)      | stableFor requires conditions
      stableFor(cluster.zones, 'Ready', 5)   | not a list of other values
      condition(cluster.name, 'Ready')       | condition requires a resource, or its conditions
      condition(cluster.labels, 'Ready')     | not another map
      condition(adapters, 'dns')             | not another map
      """)
  void saysWhyThereIsNoResult(String expression, String reason) {
    assertThatThrownBy(() -> evaluate(expression)).isInstanceOf(CelEvaluationException.class)
        .hasMessageContaining(reason).hasMessageNotContaining("prod");
  }

  @Test
  void errorsHoldNoValues() {
    Map<String, Object> variables = Map.of("secret", "hunter2-" + "x".repeat(10_000));
    for (String expression : List.of("timestamp(secret)", "duration(secret)", "int(secret)", "double(secret)",
        "bool(secret)", "secret + 1", "secret.x", "'a'.matches('(' + secret)", "secret.substring(-1)",
        "[1][secret]", "{'a': 1}[secret]", "secret ? 1 : 2", "secret && true",
        "stableFor([], secret, secret)", "toJson(secret, 1)")) {
      assertThatThrownBy(() -> ENGINE.compile(expression).evaluate(variables)).isInstanceOf(CelException.class)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2").hasSizeLessThan(600));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      a.x                                   | a
      a.b.c.d                               | a
      a['x'].y                              | a
      a.list[3]                             | a
      a.list.exists(i, i.x == a.n)          | a
      a.list.filter(i, i.n > 5)[0].n        | a
      b.list.all(i, b.no[i.n] == 1)         | b
      a.n > 0 && b.x == 1                   | b
      dyn(a).x                              | a
      {'k': 1}[b.key]                       | -
      a.n + 'x'                             | -
      """)
  void namesTheVariableInWhichSomethingIsMissing(String expression, String variable) {
    Map<String, Object> value = Map.of("n", 1, "b", Map.of(), "list", List.of(Map.of("n", 1)), "key", "q", "no",
        Map.of());
    assertThatThrownBy(() -> ENGINE.compile(expression).evaluate(Map.of("a", value, "b", value)))
        .isInstanceOfSatisfying(CelEvaluationException.class,
            e -> assertThat(e.missingFrom().orElse("-")).as(e.getMessage()).isEqualTo(variable));
  }

  @Test
  void aConditionIsTrueOrFalseAndNothingElse() {
    assertThatThrownBy(() -> ENGINE.compile("v").test(Map.of("v", "true"))).isInstanceOf(CelEvaluationException.class)
        .hasMessageContaining("neither true nor false");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      a +                | 1 | 4  | mismatched input
      a.b(               | 1 | 5  | mismatched input
      nope(a)            | 1 | 5  | undeclared reference to 'nope'; available are CEL's own functions
      'a' + 1            | 1 | 5  | found no matching overload
      a == 'x' && c      | 1 | 13 | undeclared reference to 'c'; known variables: a, b
      a ? 1              | 1 | 6  | mismatched input
      stableFor(now(), 'A', 5) | 1 | 14 | stableFor requires conditions, such as adapters.dns.conditions or
      conditionStatus('a', 'A') | 1 | 17 | not text
      a && conditionAge(5, 'A') > 1 | 1 | 19 | not a number
      [1].all(x, condition(1 == 1, 'A') != a) | 1 | 24 | not true or false
      stableFor(a, 'A', '5') | 1 | 10 | found no matching overload
      """)
  void compileErrorsNameThePlaceAndWhatIsAllowed(String expression, int line, int column, String reason) {
    assertThatThrownBy(() -> ENGINE.compile(expression, Set.of("a", "b")))
        .isInstanceOfSatisfying(CelCompileException.class, e -> {
          assertThat(e.line()).isEqualTo(line);
          assertThat(e.column()).isEqualTo(column);
          assertThat(e.reason()).contains(reason);
          assertThat(e.getMessage()).startsWith("CEL '" + expression + "', column " + column + ": ");
        });
  }

  @Test
  void tellsWhichVariablesAndMembersAnExpressionNames() {
    CelProgram program = ENGINE.compile(
        "a.x.z && a['y-1'] && a.?w.hasValue() && a[?'v'].hasValue() && b.all(a, a.no) && has(a.h) && a[c] "
            + "&& lists.range(1).size() == 1");

    assertThat(program.variables()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(program.membersOf("a")).containsExactlyInAnyOrder("x", "y-1", "w", "v", "h");
    assertThat(program.membersOf("b")).isEmpty();
  }
}
