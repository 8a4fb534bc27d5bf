package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.sentinel.DecisionProperties.Over;
import io.hyperfleet.sentinel.DecisionProperties.Param;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions as operators write them; the first table is the decision of HyperFleet's Go Sentinel. */
class DecisionTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final CelEngine ENGINE = new CelEngine();
  private static final List<Param> PARAMS = List.of(
      new Param("ref_time", "condition('Reconciled').last_updated_time"),
      new Param("is_reconciled", "condition('Reconciled').status == 'True'"),
      new Param("has_ref_time", "ref_time != ''"),
      new Param("is_new_resource", "resource.generation == 1 && !has_ref_time"),
      new Param("generation_mismatch", "resource.generation > condition('Reconciled').observed_generation"),
      new Param("reconciled_and_stale",
          "is_reconciled && has_ref_time && now - timestamp(ref_time) > duration('30m')"),
      new Param("not_reconciled_and_debounced",
          "!is_reconciled && has_ref_time && now - timestamp(ref_time) > duration('10s')"));
  private static final Decision DEFAULT = decision(PARAMS,
      "is_new_resource || generation_mismatch || reconciled_and_stale || not_reconciled_and_debounced");

  @ParameterizedTest(name = "generation {0}, Reconciled {1} of {2}, {3} s old: {4}")
  @CsvSource({
      "2, True,  2, 300,  false",
      "2, True,  2, 1860, true",
      "2, False, 2, 5,    false",
      "2, False, 2, 15,   true",
      "1, ,      0, 0,    true",
      "1, False, 1, 5,    false",
      "1, False, 1, 11,   true",
      "1, True,  1, 5,    false",
      "1, True,  1, 1801, true",
      "2, True,  1, 1,    true",
      "2, False, 1, 1,    true",
      "2, ,      0, 0,    true",
      "1, False, 1, 10,   false",
      "1, True,  1, 1800, false"})
  void decidesAsTheContractsTableSays(long generation, String status, long observed, long age, boolean publish) {
    var conditions = status == null
        ? List.of()
        : List.of(Map.of("type", "Reconciled", "status", status,
            "observed_generation", observed, "last_updated_time", NOW.minusSeconds(age).toString()));

    assertThat(DEFAULT.decide(resource(generation, conditions), Map.of(), NOW))
        .isEqualTo(new Decision.Verdict(publish, null));
  }

  @Test
  void seesResourceEventAndOtherConditionsAndOlderNames() {
    var applied = List.of(Map.of("type", "Applied", "status", "True"), Map.of("type", "Reconciled", "status", "False"));
    var decision = decision(List.of(), "condition('Applied').status == 'True' && condition('Ready').status == 'False'"
        + " && condition('None').reason == '' && event.attempt < 3 && resource.?labels.?tier.orValue('') == ''"
        + " && 'a,b'.split(',').size() == 2");

    assertThat(decision.decide(resource(1, applied), Map.of("attempt", 2L), NOW).publish()).isTrue();
    assertThat(decision.decide(resource(1, applied), Map.of("attempt", 3L), NOW).publish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "resource.none == 1 | true | param \"first\" evaluation failed: key 'none' is not present in resource",
      "1                  | resource.none | result evaluation failed: key 'none' is not present in resource",
      "1                  | resource.generation | result evaluation failed: the result is neither true nor false"})
  void saysNoWhenAnExpressionFails(String param, String result, String failure) {
    assertThat(decision(List.of(new Param("first", param)), result).decide(resource(1, List.of()), Map.of(), NOW))
        .isEqualTo(new Decision.Verdict(false, failure));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "a    | 1 +      | true  | d.params[0].expr: '1 +'",
      "a    | later    | true  | d.params[0].expr: 'later'",
      "a    | ''       | true  | d.params[0].expr: ''",
      "''   | 1        | true  | d.params[0].name: ''",
      "now  | 1        | true  | d.params[0].name: 'now'",
      "a-b  | 1        | true  | d.params[0].name: 'a-b'",
      "a    | 1        | b > 1 | d.result: 'b > 1'",
      "a    | 1        | adapters.x | d.result: 'adapters.x'"})
  void stopsTheStartWithThePlaceOfAWrongExpression(String name, String expression, String result, String message) {
    assertThatThrownBy(() -> decision(List.of(new Param(name, expression)), result))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
  }

  @Test
  void refusesANameTwice() {
    assertThatThrownBy(() -> decision(List.of(new Param("a", "1"), new Param("a", "2")), "true"))
        .hasMessageStartingWith("d.params[1].name: 'a'");
  }

  @Test
  void goesOnBehindAFullPageAndThenBeginsAnew() {
    var items = List.<Map<String, Object>>of(Map.of("id", "1", "next_event_time", "2026-01-31T12:00:00+00:00"),
        Map.of("id", "2", "next_event_time", "2026-01-31T12:00:01.000002Z"));
    var due = new Sweep(true, "labels.a = 'b'", 2, DEFAULT);
    var all = new Sweep(false, "", 2, null);

    assertThat(due.query()).isEqualTo("due=true&size=2&search=labels.a+%3D+%27b%27&include=resource");
    due.advance(items);
    assertThat(due.query()).endsWith("&after=2026-01-31T12%3A00%3A01.000002Z%2C2");
    due.advance(items.subList(0, 1));
    assertThat(due.query()).doesNotContain("after");
    all.advance(items);
    assertThat(all.query()).isEqualTo("due=false&size=2&after=2");
  }

  private static Decision decision(List<Param> params, String result) {
    return Decision.of(ENGINE, "d", new DecisionProperties(Over.DUE, params, result));
  }

  private static Map<String, Object> resource(long generation, List<?> conditions) {
    return new TreeMap<>(Map.of("generation", generation, "status", Map.of("conditions", conditions)));
  }
}
