package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What an operator sees of events on their way, under the names of the events contract (1.12, 2.3). */
class FlowMetricsTest {

  @Test
  void tellsWhatWasPublishedAndWhatTheSentinelAskedFor() throws IOException {
    try (var fleet = LocalFleet.start("hyperfleet.adapters.enabled=validation",
        "hyperfleet.kinds.clusters.required-adapters=somebody-else")) {
      fleet.createCluster("metered");

      await().untilAsserted(() -> assertThat(metrics(fleet))
          .containsPattern("(?m)^hyperfleet_outbox_published_total\\{.*event_type=\"cluster.changed.v1\",.*source=\"write\".*} 1")
          .containsPattern("(?m)^hyperfleet_sentinel_events_published_total\\{.*reason=\"not_ready_max_age\".*resource_type=\"clusters\".*} [1-9]"));
      assertThat(metrics(fleet))
          .containsPattern("(?m)^hyperfleet_outbox_pending(\\{.*})? [0-9]")
          .containsPattern("(?m)^hyperfleet_outbox_oldest_pending_seconds(\\{.*})? [0-9]")
          .containsPattern("(?m)^hyperfleet_outbox_publish_duration_seconds_bucket\\{.*le=\"0.025\".*} ")
          .containsPattern("(?m)^hyperfleet_outbox_commit_to_publish_seconds_count(\\{.*})? [1-9]")
          .containsPattern("(?m)^hyperfleet_sentinel_pending_resources\\{.*resource_type=\"clusters\".*} ")
          .containsPattern("(?m)^hyperfleet_sentinel_poll_duration_seconds_count\\{.*resource_type=\"clusters\".*} [1-9]")
          .containsPattern("(?m)^hyperfleet_sentinel_last_successful_poll_timestamp_seconds(\\{.*})? [1-9]");
    }
  }

  private static String metrics(LocalFleet fleet) throws IOException {
    try (var answer = URI.create("http://localhost:" + fleet.managementPort() + "/metrics").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
