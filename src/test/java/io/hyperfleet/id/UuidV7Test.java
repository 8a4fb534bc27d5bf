package io.hyperfleet.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
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
}
