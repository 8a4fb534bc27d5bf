package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.cel.CelEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects and reports say by which revision they were made, and the API has what it means. */
class AdapterRevisionIT extends AdapterFleetIT {

  private static final Path KEEPER = FOLDERS.resolve("keeper");
  private static final Path ORIGINAL = Path.of("src/test/resources/adapters-under-test/keeper");

  @AfterEach
  void restore() throws IOException {
    awaitAcknowledged();
    var original = load(ORIGINAL);
    write("adapter.yaml", Files.readString(ORIGINAL.resolve("adapter.yaml")));
    write("record.yaml", Files.readString(ORIGINAL.resolve("record.yaml")));
    await().until(() -> revision().equals(original));
  }

  @Test
  void objectsAndReportsCarryTheRevision() throws IOException {
    var first = revision();
    var id = create("{\"note\":\"n\"}");
    assertThat(annotation(id)).isEqualTo(first);
    assertThat(FLEET.report(id, "keeper").path("adapter_revision").asText()).isEqualTo(first);
    assertThat(FLEET.report(id, "runner").path("adapter_revision").asText()).isEqualTo(
        definition("runner").digest());
    assertThat(FLEET.kubernetes().batch().v1().jobs().inAnyNamespace().withLabel(OwnerLabels.CLUSTER_ID, id)
        .withLabel(OwnerLabels.MANAGED_BY, "runner").list().getItems()).isNotEmpty()
        .allSatisfy(job -> assertThat(job.getMetadata().getAnnotations()).containsEntry(
            OwnerLabels.ADAPTER_REVISION, definition("runner").digest()));

    // Another revision that makes the same object writes nothing.
    var version = version(id);
    write("adapter.yaml",
        Files.readString(KEEPER.resolve("adapter.yaml")).replace("  data:", "  parameters: {more: 1}\n  data:"));
    await().until(() -> !revision().equals(first));
    var second = revision();
    sendEvent(id);
    assertThat(FLEET.report(id, "keeper").path("adapter_revision").asText()).isEqualTo(second);
    assertThat(version(id)).isEqualTo(version);
    assertThat(annotation(id)).isEqualTo(first);

    // One that makes another does, and so does whoever has changed it.
    write("record.yaml", Files.readString(KEEPER.resolve("record.yaml")).replace(".example.com", ".example.org"));
    await().until(() -> !revision().equals(second));
    sendEvent(id);
    assertThat(annotation(id)).isEqualTo(revision());
    assertThat(version(id)).isNotEqualTo(version);
  }

  @Test
  void theApiIsToldWhatARevisionMeans() {
    var digest = revision();
    await().atMost(Duration.ofSeconds(40)).until(
        () -> FLEET.get("/adapters/keeper/revisions/" + digest).body().path("complete").asBoolean());
    await().atMost(Duration.ofSeconds(40)).until(
        () -> FLEET.get("/adapters/keeper").body().path("wanted_revision").asText().equals(digest));
    assertThat(FLEET.get("/adapters/keeper/revisions/" + digest).body().path("content").toString())
        .isEqualTo(definition("keeper").revision().content());
    assertThat(FLEET.get("/adapters").body().path("items")).allSatisfy(adapter -> assertThat(adapter.path("announcers")
        .asInt() == 0 || adapter.has("wanted_revision")).as("%s", adapter).isTrue());
  }

  private static String load(Path folder) {
    var problems = new AdapterProblems("keeper");
    return AdapterLoader.read(CelEngine.untimed(),
        AdapterTemplates.builtIn(), Optional.empty(),
        AdapterFolder.of(folder.toAbsolutePath(), folder.toAbsolutePath()), problems)
        .orElseThrow().digest();
  }

  private static AdapterDefinition definition(String name) {
    return FLEET.context().getBean(AdapterRegistry.class).find(name).orElseThrow();
  }

  private static String revision() {
    return definition("keeper").digest();
  }

  private static String annotation(String id) {
    return record(id).get().getMetadata().getAnnotations().get(OwnerLabels.ADAPTER_REVISION);
  }

  private static String version(String id) {
    return record(id).get().getMetadata().getResourceVersion();
  }

  private static void write(String file, String text) throws IOException {
    var next = FOLDERS.resolveSibling(FOLDERS.getFileName() + "-next-" + file);
    Files.move(Files.writeString(next, text), KEEPER.resolve(file), StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
