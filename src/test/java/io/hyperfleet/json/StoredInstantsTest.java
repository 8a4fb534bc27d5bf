package io.hyperfleet.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of the database mean what Jackson takes them for. */
class StoredInstantsTest {

  private static final ObjectMapper JACKSON = new ObjectMapper().registerModule(new JavaTimeModule());
  private static final ObjectMapper OURS = StoredInstants.readBy(JACKSON);

  @Test
  void readsTimesOfEveryYearZoneAndPrecision() throws JsonProcessingException {
    var random = new Random(73);
    for (int i = 0; i < 20_000; i++) {
      var time = Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_200_000L),
          random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000));
      var zone = ZoneOffset.ofTotalSeconds(random.nextInt(-17 * 60, 17 * 60) * 60);
      var text = (random.nextBoolean() ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(zone)) : time)
          .toString();
      assertThat(OURS.readValue('"' + text + '"', Instant.class)).as(text)
          .isEqualTo(JACKSON.readValue('"' + text + '"', Instant.class));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Z", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31T12:00:00.", "2026-01-31T12:00:00.Z",
      "2026-13-31T12:00:00Z", "2026-02-30T12:00:00Z", "2026-01-00T12:00:00Z", "2026-01-31T24:00:00Z",
      "2026-01-31T12:60:00Z",
      "2026-01-31T12:00:60Z", "2026-01-31T12:00:00z", "2026-01-31T12:00:00+0000", "2026-01-31T12:00:00+00",
      "2026-01-31T12:00:00+19:00", "2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00:00ZZ", "+12026-01-31T12:00:00Z",
      "2026-01-31 12:00:00+00:00", "2026-01-3\u0661T12:00:00Z"})
  void leavesEveryOtherFormToJackson(String text) {
    assertThat(StoredInstants.parse(text)).isNull();
  }
}
