package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checker is worth something only if it sees a bug: a relay that marks before it publishes, planted with the
 * operator's own means (a route file that replaces the built-in one), loses the event when it is killed in between.
 */
@Tag("faults")
@Tag("slow")
class PlantedBugIT {

  private static final Path RELAY = Path.of("src/main/resources/routes/outbox/outbox-relay.camel.yaml");

  /** What the relay does first after its claim; here the bug goes before it. */
  private static final String BEFORE = "              - bean:\n                  id: publish-batch\n";
  private static final String MARK_ALL = """
                    - to:
                        id: mark-too-early
                        uri: sql
                        parameters:
                          query: >-
                            UPDATE outbox SET published = true, state = 'published', published_time = now()
                            WHERE lease_id = CAST(:#${variable.lease} AS uuid)
                          noop: true
      """;

  @TempDir
  Path routes;

  @Test
  void aRelayThatMarksBeforeItPublishesIsCaught() throws Exception {
    Files.writeString(Files.createDirectories(routes.resolve("outbox")).resolve("outbox-relay.camel.yaml"),
        Files.readString(RELAY).replace(BEFORE, MARK_ALL + BEFORE));
    try (var stage = new Stage()) {
      var api = stage.local("hyperfleet.roles=api");
      try (var relay = stage.spawn("relay-with-a-bug", "hyperfleet.roles=outbox",
          "hyperfleet.routes.location=" + routes)) {
        api.createCluster("published");
        stage.awaitPublished();
        await().until(() -> stage.events.messages().size() == 1);
        assertThat(stage.violations()).as("the bug hides as long as nothing fails").isEmpty();

        stage.toBroker.halfOpen();
        api.createCluster("lost");
        stage.awaitPublished();
        relay.kill();
        stage.toBroker.mend();
      }
      try (var relay = stage.spawn("relay-after-the-bug", "hyperfleet.roles=outbox")) {
        stage.awaitPublished();
        assertThat(stage.violations()).anyMatch(violation -> violation.startsWith("I1: event "))
            .anyMatch(violation -> violation.startsWith("I1: no event was delivered for"))
            .allMatch(violation -> violation.startsWith("I1"));
      }
    }
  }
}
