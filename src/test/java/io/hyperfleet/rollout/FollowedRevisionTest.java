package io.hyperfleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which revision a resource follows while an adapter goes from a to b; p is pinned, o made the objects before. */
class FollowedRevisionTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      not governed                                | -       | 0 | - | a | no  | no  | no  | a
      not governed, being deleted                 | -       | 0 | - | o | yes | no  | no  | o
      not governed, made by what is not kept      | -       | 0 | - | x | yes | no  | no  | a
      nothing has moved                           | rolling | 0 | - | a | no  | no  | no  | a
      created before anything has moved           | rolling | 0 | - | - | no  | no  | yes | a
      moved                                       | rolling | 1 | - | a | no  | yes | no  | b
      moved and has followed                      | rolling | 2 | - | b | no  | yes | no  | b
      not moved yet                               | rolling | 1 | - | a | no  | no  | no  | a
      created since, into a wave that has moved   | rolling | 1 | - | - | no  | no  | yes | b
      created since, into a later one             | rolling | 1 | - | - | no  | no  | no  | a
      halted, and had followed                    | halted  | 1 | - | b | no  | yes | no  | b
      halted, and had moved only                  | halted  | 1 | - | a | no  | yes | no  | a
      halted, and had not moved                   | halted  | 1 | - | a | no  | no  | no  | a
      halted, follows it from an earlier rollout  | halted  | 1 | - | b | no  | no  | no  | a
      halted, a newcomer that has followed        | halted  | 1 | - | b | no  | no  | yes | b
      halted, a newcomer that nobody has made     | halted  | 1 | - | - | no  | no  | yes | a
      done                                        | done    | 3 | - | a | no  | no  | no  | b
      done, back from b                           | done    | 0 | - | o | no  | no  | no  | b
      pinned while nothing moves                  | done    | 0 | p | b | no  | no  | no  | p
      pinned in a wave                            | rolling | 2 | p | a | no  | yes | no  | p
      pinned while it has halted                  | halted  | 2 | p | b | no  | yes | no  | p
      being deleted, made by b                    | rolling | 1 | - | b | yes | yes | no  | b
      being deleted, made by a, and moved         | rolling | 1 | - | a | yes | yes | no  | a
      being deleted, made by an older one         | done    | 3 | - | o | yes | no  | no  | o
      being deleted, pinned after it was made     | done    | 3 | p | o | yes | no  | no  | o
      being deleted, made by what is not kept     | rolling | 1 | - | x | yes | yes | no  | b
      being deleted, and nothing was made         | rolling | 1 | - | - | yes | no  | no  | a
      """)
  void isOneAndTheSameForAll(String story, String state, int wave, String pinned, String reported, String deleting,
      String moved, String newcomer, String follows) {
    var rollout = state == null
        ? null
        : new Rollout("dns", "Cluster", "a", "b", Rollout.State.of(state), wave, 3, Instant.EPOCH, Instant.EPOCH, null,
            null, Instant.EPOCH, false, Instant.EPOCH);
    var followed = new FollowedRevision(rollout, "a", pinned, reported, !"x".equals(reported), deleting.equals("yes"),
        moved.equals("yes"));
    assertThat(followed.revision(() -> newcomer.equals("yes"))).isEqualTo(follows);
  }
}
