package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile expressions (S3 of SECURITY.md): each ends in an error, soon and in little memory. */
@Timeout(60)
class CelLimitsTest {

  private static final CelEngine ENGINE = new CelEngine();

  static Stream<Arguments> tooLarge() {
    return Stream.of(
        Arguments.of("a".repeat(4097), "longer than 4096 characters"),
        Arguments.of("x".repeat(1_000_000), "longer than 4096 characters"),
        Arguments.of("(".repeat(2000) + "1", "limit"),
        Arguments.of("[".repeat(4000), "limit"),
        Arguments.of("1" + "+1".repeat(2000), "limit"),
        Arguments.of("a" + ".a".repeat(2000), "limit"),
        Arguments.of("a" + "[0]".repeat(1300), "limit"),
        Arguments.of("[" + "1,".repeat(2000) + "1]", ""),
        Arguments.of("", "the expression is empty"),
        Arguments.of("  \n", "the expression is empty"));
  }

  @ParameterizedTest
  @MethodSource
  void tooLarge(String expression, String reason) {
    assertThatThrownBy(() -> ENGINE.compile(expression)).isInstanceOf(CelCompileException.class)
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
  }

  static Stream<String> runaways() {
    return Stream.of(
        // 289 characters that otherwise are more than a gigabyte
        "'a'" + ".replace('', 'aaaaaaaaaaaa')".repeat(10),
        "['aaaaaaaaaaaaaaaa']" + ".map(l, l+l+l+l+l+l+l+l)".repeat(12) + "[0].size()",
        "[[1]]" + ".map(l, l+l+l+l+l+l+l+l)".repeat(12) + "[0].size()",
        "[[1]]" + ".map(l, [l,l,l,l])".repeat(20) + ".size()",
        "[[1]]" + ".map(l, [l,l])".repeat(30) + " == dyn([[2]])",
        "[{'a': 1}]" + ".map(l, {'a': l, 'b': l, 'c': l})".repeat(20) + ".size()",
        "toJson(lists.range(9000).map(i, text))",
        "lists.range(9000).map(i, text).join(text)",
        "lists.range(9223372036854775807)",
        "lists.range(200).all(a, lists.range(200).all(b, lists.range(200).all(c, true)))",
        "lists.range(100).all(a, big == big)",
        "lists.range(100).all(a, [big[0], big] in [[1, 2], [3, 4], [big[0], big]])",
        "lists.range(9000).all(a, text.matches('(x+x+)+y') || true)",
        "lists.range(9000).all(a, !text.contains(half + 'y'))",
        "lists.range(9000).all(a, text.split('x').size() > 0)",
        "text.matches('" + "(x{100}){10}".repeat(30) + "')",
        "'x'.matches(text)",
        "big.map(i, big)",
        "toJson(big)",
        "fromJson('\"' + half + half + half + '\"')",
        "lists.range(9000).map(i, fromJson(strings.quote(half)))",
        "lists.range(9000).all(i, fromJson(strings.quote(half)) != '')",
        "lists.range(9000).exists(i, fromJson(strings.quote(half) + ',') == 1)",
        "lists.range(9000).map(i, fromJson('[' + lists.range(9000).map(n, '1').join(',') + ']'))",
        "fromJson('[' + lists.range(10000).map(n, '1').join(',') + ',1]')",
        "fromJson(lists.range(10000).map(n, '[').join())",
        "text + text",
        "strings.quote(text)",
        "[big, big, big]");
  }

  @ParameterizedTest
  @MethodSource
  void runaways(String expression) {
    String text = "x".repeat(60_000);
    List<Object> big = IntStream.range(0, 60_000).boxed().collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    CelProgram program = ENGINE.compile(expression);

    assertThatThrownBy(() -> program.evaluate(Map.of("text", text, "half", text.substring(30_000), "big", big)))
        .isInstanceOf(CelEvaluationException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void aLimitIsNotAbsorbedByOr() {
    CelProgram program = ENGINE.compile("true in [" + "'a'.replace('', text).replace('', text) == 'x'" + "] || true");

    assertThatThrownBy(() -> program.evaluate(Map.of("text", "x".repeat(60_000))))
        .isInstanceOfSatisfying(CelEvaluationException.class, e -> assertThat(e.isLimit()).isTrue());
  }

  @Test
  void endsAtTheTimeLimitOfTheClockThatItIsGiven() {
    var time = new AtomicLong();
    var limits = new CelLimits(4096, 1000, 10_000, 65_536, 10_000, 100_000, 8 << 20, Duration.ofMillis(100));
    var engine = new CelEngine(limits, Clock.systemUTC(), () -> time.addAndGet(Duration.ofMillis(1).toNanos()));

    assertThat(engine.compile("lists.range(50).all(i, i < 50)").evaluate(Map.of())).isEqualTo(true);
    assertThatThrownBy(() -> engine.compile("lists.range(5000).all(i, i < 5000)").evaluate(Map.of()))
        .isInstanceOf(CelEvaluationException.class).hasMessageContaining("took longer than 100 ms");
  }

  @Test
  @SuppressWarnings("serial")
  void timeWithoutAProcessorIsNotCounted() {
    var standsStill = new HashMap<String, Object>(Map.of("a", 1)) {
      @Override
      public Object get(Object key) {
        LockSupport.parkNanos(CelLimits.DEFAULT.time().multipliedBy(2).toNanos());
        return super.get(key);
      }
    };

    assertThat(ENGINE.compile("v.a == 1 && lists.range(1000).all(i, i < 1000)").test(Map.of("v", standsStill)))
        .isTrue();
  }

  @Test
  void dataThatIsLargerThanTheLimitsCanStillBeRead() {
    String text = "x".repeat(500_000);
    List<Integer> list = IntStream.range(0, 50_000).boxed().toList();

    assertThat(ENGINE.compile("v.text.size() == 500000 && v.list[49999] == 49999 && v.list.size() > 9")
        .test(Map.of("v", Map.of("text", text, "list", list)))).isTrue();
  }

  @Test
  void anEvaluationLeavesNothingBehindInItsThread() throws InterruptedException {
    // A group of its own: other threads of this process come and go.
    var group = new ThreadGroup("evaluation");
    var left = new AtomicInteger();
    var failure = new AtomicReference<Throwable>();
    var thread = new Thread(group, () -> left.set(threadsAfterEvaluations(group)));
    thread.setUncaughtExceptionHandler((failed, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
    assertThat(left).as("itself").hasValue(1);
  }

  private static int threadsAfterEvaluations(ThreadGroup group) {
    CelProgram runaway = ENGINE.compile("text + text");
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> runaway.evaluate(Map.of("text", "x".repeat(60_000))))
          .isInstanceOf(CelEvaluationException.class);
    }

    assertThat(ENGINE.compile("'a' + 'b'").evaluate(Map.of())).isEqualTo("ab");
    return group.activeCount();
  }
}
