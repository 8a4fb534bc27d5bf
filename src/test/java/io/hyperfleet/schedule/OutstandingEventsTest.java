package io.hyperfleet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.schedule.Schedule.Answer;
import io.hyperfleet.schedule.Schedule.Position;
import io.hyperfleet.schedule.Schedule.State;
import io.hyperfleet.schedule.ScheduleProperties.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Stories of a resource that the adapters a and b are required for, in seconds: {@code write@0} and {@code progress@3}
 * write an event of their own, {@code sentinel@1} is one that a Sentinel asks for, {@code a@0.2} is an answer of a that
 * it is not available, {@code a+@0.2} that it is, {@code a-@0.2} one that the API discards.
 */
class OutstandingEventsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Answer NONE = new Answer(null, false);

  private final Schedule schedule = new Schedule(new ScheduleProperties(
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 0), Duration.ofSeconds(30),
      Duration.ofMinutes(30)), Duration.ofSeconds(30));
  private final Map<String, Answer> answers = new TreeMap<>(Map.of("a", NONE, "b", NONE));
  private Position position = Position.NEVER;

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      every adapter answers at once                      | write@0 a@0.2 b@0.3                                | 1
      nobody has answered yet                            | write@0                                            | 30
      one has not answered yet                           | write@0 a@0.2                                      | 30
      the last answer comes late                         | write@0 a@0.2 b@7                                  | 7
      further answers move nothing                       | write@0 a@0.2 b@0.3 a@0.7                          | 1
      pauses grow while all answer                       | write@0 a@0.1 b@0.1 sentinel@1 a@1.1 b@1.1 sentinel@3 a@3.1 b@3.1 | 7
      a discarded report is an answer                    | write@0 a@0.2 b@0.3 sentinel@1 a@1.1 b-@9          | 9
      one is away: two events a minute                   | write@0 a@0.2 sentinel@30 a@30.2                   | 60
      the one that was away is back                      | write@0 a@0.2 sentinel@30 a@30.2 b@40              | 40
      an answer to the event before counts               | write@0 a@0.2 progress@0.5 a@0.6 b@0.8             | 1.5
      one that is available and has just looked skips    | write@0 a+@0.2 progress@0.2 b@0.4                  | 1.2
      one that is available looks again after a while    | write@0 a+@0.2 b@0.3 sentinel@31 b@31.2            | 61
      who made progress has answered its own event       | write@0 b@0.1 a@0.2 progress@0.2 b@0.3             | 1.2
      a chain that waits for nobody present              | write@0 a@0.2 b@0.2 sentinel@1 a@1.2 b@1.2 sentinel@3 a@3.2 b@3.2 sentinel@7 a@7.2 b@7.2 | 15
      all ready: half an hour after the oldest report    | write@0 a+@0.2 progress@0.2 b+@0.4                 | 1800.2
      the half-hourly look, one away                     | write@0 a+@0 b+@0 sentinel@1800 a+@1800.2          | 1830
      the half-hourly look, one away for longer          | write@0 a+@0 b+@0 sentinel@1800 a+@1800.2 sentinel@1830 a+@1830.3 | 1860
      the half-hourly look, the one away is back         | write@0 a+@0 b+@0 sentinel@1800 a+@1800.2 sentinel@1830 b+@1835 | 3600.2
      """)
  void theNextEventWaitsForAnswers(String name, String story, double seconds) {
    tell(story);

    assertThat(position.nextEventTime()).isEqualTo(at(seconds));
  }

  /** Until when the next request waits, 90 s after the start; empty = an event is written. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      both work through older events              | write@60                | 55 | 57 | 95
      they are far behind                         | write@60                | 10 | 20 | 120
      they have nearly come to it                 | write@60                | 59.9 | 59.9 | 91
      one has come to it                          | write@60                | 60 | 57 | 93
      one has come to later ones                  | write@60                | 61 | 57 | 93
      both have come to it                        | write@60                | 61 | 60 |
      both are behind for five minutes and more   | write@-210              | -250 | -300 | 120
      of one nothing is known                     | write@60                |    | 57 | 93
      for five minutes, and the other is behind   | write@-210              |    | -300 |
      for nearly five minutes                     | write@-200              |    | -300 | 100
      of both nothing is known                    | write@60                |    |    |
      they have answered an older one meanwhile   | write@60 a@70 b@70      | 55 | 57 | 95
      one is available and at rest                | write@60 a+@70          |    | 57 | 93
      one is available and busy                   | write@60 a+@70          | 80 | 57 | 93
      one may need an event meanwhile             | write@60 a@70           |    | 57 | 93
      one may have needed it for five minutes     | write@-210 a@-209       | 60 | -300 |
      one is available and skips it               | write@40 a+@41 write@60 | 80 | 57 | 93
      one has skipped it, the other has come to it | write@40 a+@59 write@60 b@61 | 59 | 60 |
      one was available too long ago to skip      | write@-300 a+@-299 write@-210 | 80 | -220 |
      both are available                          | write@60 a+@70 b+@70    |    |    |
      later events count, not earlier             | write@10 sentinel@60    | 55 | 57 | 95
      nothing was ever sent                       |                         | 9  | 9  |
      """)
  void anEventThatWaitsInQueuesIsNotFollowedByAnother(String name, String story, Double a, Double b, Double next) {
    tell(story);

    reaches("a", a);
    reaches("b", b);

    assertThat(schedule.whileQueued(position, state(), at(90)))
        .isEqualTo(Optional.ofNullable(next).map(seconds -> new Position(at(seconds), position.attempt(),
            position.lastEventTime(), position.outstandingSince())));
  }

  private void reaches(String adapter, Double event) {
    answers.computeIfPresent(adapter,
        (name, last) -> new Answer(last.time(), last.available(), event == null ? null : at(event)));
  }

  private void tell(String story) {
    for (String word : story == null ? new String[0] : story.split(" ")) {
      var at = at(Double.parseDouble(word.substring(word.indexOf('@') + 1)));
      happens(word.substring(0, word.indexOf('@')), at);
    }
  }

  private void happens(String what, Instant now) {
    switch (what) {
      case "write", "progress" -> position = schedule.restart(position, state(), now, 0);
      case "sentinel" -> position = schedule.afterEvent(position, state(), now, 0);
      default -> {
        boolean wasReady = state().ready();
        answers.put(what.substring(0, 1), new Answer(now, what.endsWith("+")));
        position = what.endsWith("-")
            ? schedule.afterAnswer(position, state(), 0)
            : schedule.afterReport(position, state(), wasReady, now, 0);
      }
    }
  }

  private State state() {
    boolean ready = answers.values().stream().allMatch(Answer::available);
    var oldest = answers.values().stream().anyMatch(answer -> answer.time() == null)
        ? null
        : answers.values().stream().map(Answer::time).min(Instant::compareTo).orElseThrow();
    return new State(ready, oldest, List.copyOf(answers.values()));
  }

  private static Instant at(double seconds) {
    return START.plusMillis(Math.round(seconds * 1000));
  }
}
