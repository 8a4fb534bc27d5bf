package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

class HealthTest {

  private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();

  @Test
  void healthzAsksNobody() {
    assertThat(new HealthzEndpoint().healthz()).isEqualTo(Map.of("status", "ok"));
  }

  @Test
  void readyzTellsTheStartFromTheEnd() {
    var readyz = new ReadyzEndpoint(availability, new Readiness(List.of()));
    assertThat(answer(readyz)).isEqualTo("503 not_ready: the process is starting");

    readyz.runs();
    becomes(ReadinessState.ACCEPTING_TRAFFIC);
    assertThat(answer(readyz)).isEqualTo("200 ok: null");

    becomes(ReadinessState.REFUSING_TRAFFIC);
    assertThat(answer(readyz)).isEqualTo("503 shutting_down: the process is shutting down");
  }

  @Test
  void readyzNamesWhatIsMissingFirstOfAll() {
    becomes(ReadinessState.ACCEPTING_TRAFFIC);
    var readyz = new ReadyzEndpoint(availability, new Readiness(List.of(check("adapters", "ok, but one is broken"),
        check("broker", "subscription dns-adapter-sub is missing"), check("database", "database unavailable"))));

    assertThat(answer(readyz)).isEqualTo("503 not_ready: database unavailable");
    assertThat(readyz.readyz().getBody().get("checks")).isEqualTo(Map.of("adapters", "ok, but one is broken",
        "broker", "subscription dns-adapter-sub is missing", "database", "database unavailable"));
  }

  private void becomes(ReadinessState state) {
    availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
  }

  private static String answer(ReadyzEndpoint readyz) {
    var answer = readyz.readyz();
    return answer.getStatus() + " " + answer.getBody().get("status") + ": " + answer.getBody().get("reason");
  }

  private static ReadinessCheck check(String name, String answer) {
    return new ReadinessCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String check() {
        return answer;
      }
    };
  }
}
