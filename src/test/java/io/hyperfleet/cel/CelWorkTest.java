package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an evaluation builds is bounded in all, whatever it is made of: each has a result or ends with a limit. */
@Timeout(300)
@Tag("long")
class CelWorkTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final CelEngine IMPATIENT = new CelEngine(CelLimits.DEFAULT.within(Duration.ofMillis(20)),
      Clock.systemUTC(), CpuTime::nanos);
  /** What is built ends its evaluations, never how long a machine that has just started takes for it. */
  private static final CelEngine TIMELESS = new CelEngine(CelLimits.DEFAULT, Clock.systemUTC(), () -> 0);
  private static final int GENERATED = 3_000;
  /** Several times the limit: what the interpreter itself throws away for each node of 100 ms is among it. */
  private static final long ALLOCATED = 160L << 20;

  private static final String BIG = "x".repeat(60_000);
  private static final List<Integer> LIST = IntStream.range(0, 9_000).boxed().toList();
  private static final Map<String, Object> VARIABLES = Map.of("text", BIG, "wide",
      "\u00e4\u4e2d\ud83d\ude00".repeat(10_000),
      "huge", "y".repeat(900_000), "items", LIST, "long", IntStream.range(0, 200_000).boxed().toList(),
      "dict", IntStream.range(0, 2_000).boxed().collect(Collectors.toMap(i -> "k" + i, i -> BIG)),
      "texts", Stream.generate(() -> BIG).limit(9_000).toList(), "n", 7);

  static Stream<String> growing() {
    return Stream.of(
        "size(lists.range(10000).map(i, text + string(i))) < 0",
        "size(items.map(i, string(i) + text)) < 0",
        "size(items.map(i, text.upperAscii())) < 0",
        "size(items.map(i, huge.lowerAscii())) < 0",
        "size(items.map(i, huge.trim() + '')) < 0",
        "size(items.map(i, wide.reverse())) < 0",
        "size(items.map(i, text.substring(1))) < 0",
        "size(items.map(i, text.replace('x', 'y'))) < 0",
        "size(items.map(i, [text, text].join(string(i)))) < 0",
        "size(items.map(i, text.split('x', 9000))) < 0",
        "size(items.map(i, strings.quote(text))) < 0",
        "size(items.map(i, bytes(text))) < 0",
        "size(items.map(i, string(bytes(text)))) < 0",
        "size(items.map(i, bytes(text) + bytes(text))) < 0",
        "size(items.map(i, toJson(text))) < 0",
        "size(items.map(i, lists.range(10000))) < 0",
        "size(items.map(i, items.map(j, j))) < 0",
        "size(items.map(i, items + items)) < 0",
        "size(items.map(i, items.sort())) < 0",
        "size(items.map(i, items.reverse())) < 0",
        "size(items.map(i, items.slice(0, 9000))) < 0",
        "size(items.map(i, items.distinct())) < 0",
        "size(items.map(i, [items, []].flatten())) < 0",
        "size(items.map(i, items.sortBy(e, -e))) < 0",
        "size(items.map(i, [i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i]"
            + ".map(j, {'a': j, 'b': j, 'c': j, 'd': j}))) < 0",
        "size(items.map(i, duration('1s') == duration(text) || true)) < 0",
        "items.all(i, int(text) > 0 || true)",
        "items.exists(i, 'x'.matches('((x{9}){9}){' + string(i % 6 + 1) + '}' + string(i)))",
        "items.all(i, dig(dict, text.replace('x', '.')) == null)",
        "texts.sort() == []",
        "texts.map(t, {'a': t}).distinct() == []",
        "long.sort() == []",
        "long.reverse() == []",
        "lists.range(9000).map(i, {'a': i, 'b': 9000 - i}).distinct() == []",
        "lists.range(9000).map(i, [i, 279000 - 31 * i]).distinct() == []");
  }

  @ParameterizedTest
  @MethodSource("growing")
  void endsWithALimit(String expression) {
    CelProgram program = ENGINE.compile(expression);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> program.evaluate(VARIABLES)).isInstanceOfSatisfying(CelEvaluationException.class,
        e -> assertThat(e.isLimit()).as(e.getMessage()).isTrue());
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATED);
  }

  @Test
  void smallWorkOverLargeDataIsDone() {
    assertThat(
        ENGINE.compile("huge.charAt(899999) + huge.substring(899999) + string(long[199999]) + string(size(dict))")
            .evaluate(VARIABLES))
        .isEqualTo("yy1999992000");
    assertThat(
        ENGINE.compile("items.slice(0, 3000).filter(i, i % 3 == 0).map(i, 'item-' + string(i)).join(',').size() > 9")
            .evaluate(VARIABLES))
        .isEqualTo(true);
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void aRegularExpressionIsMeasuredBeforeItIsWrittenOut(String pattern) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> ENGINE.compile("'x'.matches(p)").evaluate(Map.of("p", pattern)))
        .isInstanceOf(CelEvaluationException.class).hasMessageContaining("too large");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
  }

  static Stream<String> repetitions() {
    return Stream.of("((x{1000}){1000}){1000}", "(([a-z]]{1000}){999}){2,}", "(?i:(?:x{1000}){1000})",
        "((\\pL{100}){100}){100}",
        "((\\p{Greek}{1,100}){100}){100}", "([]x]{1000}){1000}", "((\\x{41}{99}){99}){99}", "a|((.{1000}){1000})",
        "((\\Qab\\E{1000}){1000})", "(([[:alpha:]]{500}){500})", "((x*{500}){500})", "((x{0,1000}){0,1000})?");
  }

  @Test
  void thousandsOfGeneratedExpressionsStayWithinTheLimits() {
    var grammar = new Grammar(new Random(20_261_130));
    Map<String, Integer> ends = new TreeMap<>();
    for (int i = 0; i < GENERATED; i++) {
      String expression = grammar.any(3);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      String end = end(expression);
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).as("%s: %s", end, expression).isLessThan(ALLOCATED);
      ends.merge(end, 1, Integer::sum);
    }

    assertThat(ends.keySet()).isSubsetOf("value", "limit", "error", "refused");
    assertThat(ends.get("value")).as("%s", ends).isGreaterThan(GENERATED / 5);
    assertThat(ends.get("limit")).as("%s", ends).isGreaterThan(GENERATED / 20);
  }

  private static String end(String expression) {
    try {
      IMPATIENT.compile(expression).evaluate(VARIABLES);
      return "value";
    } catch (CelCompileException e) {
      return "refused";
    } catch (CelEvaluationException e) {
      assertThat(e.getMessage()).hasSizeLessThan(300);
      return e.isLimit() ? "limit" : "error";
    }
  }

  /** Expressions that are typed right and grow, one piece inside of another. */
  private record Grammar(Random random) {

    String any(int depth) {
      return switch (random.nextInt(3)) {
        case 0 -> text(depth);
        case 1 -> list(depth);
        default -> condition(depth);
      };
    }

    private String one(List<String> forms, int depth) {
      var built = new StringBuilder();
      for (char c : forms.get(random.nextInt(forms.size())).toCharArray()) {
        switch (c) {
          case 'T' -> built.append(text(depth - 1));
          case 'L' -> built.append(list(depth - 1));
          case 'B' -> built.append(condition(depth - 1));
          case 'N' -> built.append(List.of("0", "1", "n", "100", "9000", "size(items)").get(random.nextInt(6)));
          default -> built.append(c);
        }
      }
      return built.toString();
    }

    private String text(int depth) {
      return depth <= 0
          ? List.of("text", "wide", "'x'", "''", "huge", "string(n)").get(random.nextInt(6))
          : one(List.of("(T + T)", "T.replace('x', T)", "T.replace('', 'ab')", "T.replace('x', T, N)",
              "L.map(e, T).join(T)",
              "L.map(e, string(e)).join()", "strings.quote(T)", "toJson(L)", "toJson(T)", "T.upperAscii()",
              "T.lowerAscii()",
              "T.trim()", "T.reverse()", "T.substring(N)", "T.charAt(N)", "string(bytes(T))", "(B ? T : T)",
              "string(bytes(T) + bytes(T))", "string(size(L))", "conditionStatus(L, T)"), depth);
    }

    private String list(int depth) {
      return depth <= 0
          ? List.of("items", "texts", "[n]", "[text, huge]", "lists.range(N)", "long", "[]").get(random.nextInt(7))
              .replace("N", "10000")
          : one(List.of("(L + L)", "L.map(e, T)", "L.map(e, L)", "L.map(e, e)", "L.filter(e, B)",
              "L.map(e, {'k': e, 'v': L})",
              "T.split('x')", "T.split('')", "T.split(T, N)", "L.sort()", "L.reverse()", "L.distinct()",
              "L.slice(0, N)",
              "[L, L].flatten()", "[L, L, L]", "L.sortBy(e, string(e))", "lists.range(N)", "[T, T]", "(B ? L : L)",
              "L.map(e, [e, T])"), depth);
    }

    private String condition(int depth) {
      return depth <= 0
          ? List.of("true", "n > 3", "text == wide").get(random.nextInt(3))
          : one(List.of("L == L", "T == T", "T in L", "T.contains(T)", "T.matches('(x+x+)+y')", "T.matches(T)",
              "L.all(e, B)",
              "L.exists(e, B)", "L.exists_one(e, e == T)", "size(L) > N", "size(T) > N", "(B || B)", "(B && !B)",
              "T < T",
              "T.indexOf(T) > N", "T.lastIndexOf(T) > N", "T.startsWith(T)", "dig(L, T) == null", "double(T) > 1.0",
              "timestamp(T) < timestamp(T)", "bytes(T) < bytes(T)"), depth);
    }
  }

  @Test
  void evaluationsOfOnePurposeCountTogether() {
    CelProgram program = TIMELESS.compile("size(items.map(i, '0123456789' + string(i))) > 0");
    List<String> ends = new ArrayList<>();
    try (var work = SharedBudget.begin()) {
      for (int i = 0; i < 40; i++) {
        try {
          ends.add(String.valueOf(program.evaluate(VARIABLES)));
        } catch (CelEvaluationException e) {
          ends.add(e.getMessage());
        }
      }
    }

    assertThat(ends).startsWith("true", "true", "true")
        .endsWith("the expression and earlier expressions build more than 16 MB in total");
    assertThat(program.evaluate(VARIABLES)).isEqualTo(true);
  }
}
