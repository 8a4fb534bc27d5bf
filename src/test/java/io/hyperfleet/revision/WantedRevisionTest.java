package io.hyperfleet.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which revision is wanted, step by step as processes come, go and change their folders. */
class WantedRevisionTest {

  /** Each step is what the living processes have, separated by '+'; '-' has none, an empty step has no process. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      the first process                               | a                                     | a
      nobody                                          | ,                                     | none
      processes of a new installation that differ     | a+b, a+b                              | none
      a restart                                       | a+a, a, , a                           | a
      a rolling deployment                            | a+a, a+b, b+b                         | b after a
      with more at once for a while                   | a+a, a+a+b, a+b+b, b+b                | b after a
      a rolling deployment that is rolled back        | a+a, a+b, a+a                         | a
      a revert once all had it                        | a+a, b+b, b+a, a+a                    | a after b
      there and back and there                        | a, b, a, b                            | b after a
      the last one of before dies                     | a+a, a+b, b                           | b after a
      the only one of the new dies                    | a+a, a+b, a                           | a
      all of before die first                         | a+a, , b                              | b after a
      two folders that differ for ever                | a+b, a+b, a+b, a+b                    | none
      two that begin to differ for ever               | a+a, a+b, a+b, a+b                    | a
      two that changed and differ for ever            | a+a, b+c, b+c, c+b                    | a
      a third while two roll                          | a+a, a+b, c+b, c+c                    | c after a
      a broken folder keeps what runs                 | a+a, a+a, a+b, b+b                    | b after a
      one that has never been loaded                  | a, a+-, b+-, b+-                      | a
      one that could not be loaded at first           | a, a+-, b+-, b+b                      | b after a
      nobody ever loaded it                           | -, -+-                                | none
      """)
  void becomesWantedOnceEveryLivingProcessHasIt(String story, String steps, String wanted) {
    WantedRevision now = null;
    for (String step : steps.split(",")) {
      now = WantedRevision.next(now, step.isBlank()
          ? List.of()
          : Arrays.stream(step.strip().split("\\+"))
              .map(digest -> digest.equals("-") ? null : digest).toList());
    }
    assertThat(now == null ? "none" : now.digest() + (now.previous() == null ? "" : " after " + now.previous()))
        .isEqualTo(wanted);
  }

  /** Whatever happens, what is wanted was with all at that moment, and a look that sees the same changes nothing. */
  @Test
  void neverWantsWhatSomebodyDoesNotHave() {
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var processes = new TreeMap<Integer, String>();
      WantedRevision now = null;
      for (int step = 0; step < 60; step++) {
        int process = random.nextInt(4);
        if (random.nextInt(4) == 0) {
          processes.remove(process);
        } else {
          processes.put(process, List.of("a", "b", "c").get(random.nextInt(3)));
        }
        var announced = new ArrayList<>(processes.values());
        var next = WantedRevision.next(now, announced);
        if (next != now) {
          assertThat(announced).as("seed %d", seed).isNotEmpty().containsOnly(next.digest());
          assertThat(next.previous()).isEqualTo(now == null ? null : now.digest()).isNotEqualTo(next.digest());
        }
        assertThat(WantedRevision.next(next, announced)).as("seed %d", seed).isSameAs(next);
        now = next;
      }
    }
  }
}
