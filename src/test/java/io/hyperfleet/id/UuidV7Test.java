package io.hyperfleet.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  @Test
  void isAVersionSevenUuidThatHoldsTheTime() {
    var before = System.currentTimeMillis();
    var id = UuidV7.next();
    var after = System.currentTimeMillis();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    // What was made before may have carried into the next milliseconds.
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after + 1000);
  }

  @Test
  void growsWithEveryIdAlsoWithinAMillisecond() {
    var ids = Stream.generate(UuidV7::next).limit(20_000).map(UUID::toString).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void readsNothingButUuids() {
    var id = UuidV7.next();

    assertThat(UuidV7.parse(id.toString())).isEqualTo(id);
    assertThat(UuidV7.parse("1-1-1-1-1")).isNull();
    assertThat(UuidV7.parse("cls-123")).isNull();
    assertThat(UuidV7.parse(null)).isNull();
  }

  @Test
  void readsWhatTheFormAllowsAndNothingElse() {
    var form = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    var strange = "-- gG:/@`\u0660\uff10\n0aF";
    var random = new Random(73);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(UUID.randomUUID().toString());
      for (int change = random.nextInt(3); change > 0; change--) {
        int at = random.nextInt(text.length());
        var with = random.nextInt(4) == 0 ? "" : strange.substring(random.nextInt(strange.length()));
        text.replace(at, at + 1, with.isEmpty() ? "" : with.substring(0, 1));
      }
      var found = UuidV7.parse(text.toString());
      assertThat(found).as(text.toString())
          .isEqualTo(form.matcher(text).matches() ? UUID.fromString(text.toString()) : null);
    }
  }
}
