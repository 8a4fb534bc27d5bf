package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.election.ElectionProperties;
import io.hyperfleet.election.Leadership;
import io.hyperfleet.operation.ReadinessCheck;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A Sentinel that lists what is due and cannot ask for events is not ready. */
class SentinelMonitorTest {

  private static final int STORIES = 200;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Random random = new Random(19);

  @Test
  void isReadyOnceATickHasGoneToItsEnd() {
    var monitor = monitor();
    assertThat(monitor.check()).isEqualTo("no successful poll of clusters completed yet");

    tick(monitor, "HTTP 404: POST /events");
    assertThat(monitor.check())
        .isEqualTo("due clusters are listed, but requests for events fail: HTTP 404: POST /events");
    tick(monitor, "HTTP 404: POST /events");
    assertThat(monitor.check()).contains("requests for events fail");

    tick(monitor, null);
    tick(monitor, null);
    assertThat(monitor.check()).isEqualTo(ReadinessCheck.OK);
  }

  @Test
  void oneTickThatFailsIsNoReasonAfterOneThatDidNot() {
    for (int i = 0; i < STORIES; i++) {
      var monitor = monitor();
      for (int n = random.nextInt(1, 8); n > 0; n--) {
        tick(monitor, random.nextBoolean() ? "away" : null);
      }
      tick(monitor, null);
      tick(monitor, "away");

      assertThat(monitor.check()).isEqualTo(ReadinessCheck.OK);
    }
  }

  private void tick(SentinelMonitor monitor, String failure) {
    var exchange = new DefaultExchange(camel);
    monitor.polled("clusters", List.of(Map.of("id", "x")), exchange);
    if (failure != null) {
      monitor.pollFailed("sentinel-clusters", exchange, new IOException(failure));
    }
  }

  private static SentinelMonitor monitor() {
    var properties = new SentinelProperties(Duration.ofMillis(500), 500, List.of(), Map.of(), new ElectionProperties(
        false, "hyperfleet", "", "", Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2)), List.of());
    var monitor = new SentinelMonitor(new SimpleMeterRegistry(), properties,
        new Leadership("sentinel", properties.leaderElection(), null));
    monitor.watch("clusters");
    return monitor;
  }
}
