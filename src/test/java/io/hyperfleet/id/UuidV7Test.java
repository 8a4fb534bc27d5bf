package io.hyperfleet.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  @Test
  void isAVersionSevenUuidThatHoldsTheTime() {
    var id = UuidV7.next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    var time = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
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
