package io.hyperfleet.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  /** A report is told as its answer, its generation and its data: T1x is True at generation 1 with the data x. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      the first yes                         | -        | T1x   | true
      the first no                          | -        | F1x   | false
      the first Unknown                     | -        | U1x   | false
      no becomes yes                        | F1x      | T1x   | true
      yes becomes no                        | T1x      | F1x   | true
      the same again                        | T1x      | T1x   | false
      the same no about a newer generation  | F1x      | F2x   | false
      yes about a newer generation          | T1x      | T2x   | true
      other data with a yes                 | T1x      | T1y   | true
      other data with a no                  | F1x      | F1y   | false
      Unknown after yes                     | T1x      | U1y   | false
      yes after Unknown after yes           | T1x U1x  | T1x   | false
      yes about a newer generation after Unknown | T1x U2x | T2x | true
      finalized                             | F1x      | F1x+  | true
      finalized again                       | F1x+     | F1x+  | false
      finalized about a newer generation    | F1x+     | F2x+  | true
      """)
  void isMadeByAReportThatMovesSomethingOn(String name, String before, String after, boolean expected) {
    AdapterStatus stored = null;
    int second = 0;
    for (String word : before == null ? new String[0] : before.split(" ")) {
      stored = take(word, stored, Story.at(second++));
    }

    var taken = take(after, stored, Story.at(second));

    assertThat(Progress.made(stored, taken, true)).isEqualTo(expected);
    assertThat(Progress.made(stored, taken, false)).as("on a resource that is Ready").isFalse();
  }

  @Test
  void isLimitedToTenAndTwoForEachRequiredAdapterInAMinute() {
    var window = new Progress.Window(null, 0);
    for (int i = 0; i < 18; i++) {
      window = window.take(Story.at(i), 4);
      assertThat(window).isNotNull();
    }

    assertThat(window.take(Story.at(59), 4)).isNull();
    assertThat(window.take(Story.at(60), 4)).isEqualTo(new Progress.Window(Story.at(60), 1));
  }

  private static AdapterStatus take(String word, AdapterStatus stored, Instant time) {
    var answer = word.charAt(0) == 'T' ? "True" : word.charAt(0) == 'F' ? "False" : "Unknown";
    var conditions = new ArrayList<>(List.of(
        new ReportedCondition("Available", answer, null, null, null),
        new ReportedCondition("Applied", "True", null, null, null),
        new ReportedCondition("Health", "True", null, null, null)));
    if (word.endsWith("+")) {
      conditions.add(new ReportedCondition("Finalized", "True", null, null, null));
    }
    var data = JsonNodeFactory.instance.objectNode().put("value", word.charAt(2));
    var report = new Report("dns", Character.digit(word.charAt(1), 10), time, conditions, data, null, null, null);
    return ((ReportIntake.Accepted) ReportIntake.decide(report, 9, stored, time)).status();
  }
}
