package io.hyperfleet.adapter.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A process whose directory of adapters is full of trouble starts, and runs what is well (S1, S22). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokenFoldersStartIT {

  @TempDir
  static Path temporary;

  private static Path directory;
  private static LocalFleet fleet;

  @BeforeAll
  static void start() throws IOException {
    directory = Files.createDirectory(temporary.resolve("adapters"));
    var guest = Files.createDirectory(directory.resolve("guest"));
    FileSystemUtils.copyRecursively(Path.of("src/test/resources/adapters-under-test/guest"), guest);
    write("validation", "this: [is no adapter");
    write("aaa", adapter("aaa", "subscription: validation-adapter-sub"));
    write("galaxy", adapter("galaxy", "subscription: galaxy-sub").replace("for: Cluster", "for: Galaxy"));
    write("injected", adapter("injected", "subscription: 'x1%3FackMode%3DNONE'"));
    Files.createDirectory(directory.resolve("No Adapter"));
    Files.createSymbolicLink(directory.resolve("away"), Path.of("/tmp"));
    fleet = LocalFleet.start("hyperfleet.adapters.location=" + directory,
        "hyperfleet.adapters.enabled=validation,guest,aaa,galaxy,injected,away",
        "hyperfleet.adapters.reload-interval=100ms",
        "hyperfleet.kinds.clusters.required-adapters=validation");
    await().atMost(Duration.ofMinutes(2)).until(() -> fleet.management("/readyz").status() == 200);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  @Order(1)
  void namesEveryBrokenFolderAndRunsTheOthers() {
    assertThat(readyz()).startsWith("ok, but these folders cannot be loaded: ").contains(
        "validation/adapter.yaml:", "not valid YAML",
        "aaa/adapter.yaml:7: spec.subscription: is already used by the adapter 'validation'; each adapter needs its own",
        "galaxy/adapter.yaml:", ": spec.for: unknown kind Galaxy; allowed: Cluster",
        "injected/adapter.yaml:7: spec.subscription: invalid format; must match ^[A-Za-z][A-Za-z0-9._-]{2,254}$",
        "No Adapter: is not a valid adapter name", "away: is a link that points outside the directory");

    var id = fleet.createCluster("broken-1");
    await().atMost(Duration.ofMinutes(1)).until(() -> fleet.phase(id).equals("Ready"));
    await("a folder that is well").atMost(Duration.ofMinutes(1))
        .until(() -> !fleet.report(id, "guest").isMissingNode());
  }

  @Test
  @Order(2)
  void takesOverWhatIsMended() throws IOException {
    for (String name : new String[]{"validation", "aaa", "injected", "galaxy"}) {
      FileSystemUtils.deleteRecursively(directory.resolve(name));
    }
    Files.delete(directory.resolve("away"));
    Files.delete(directory.resolve("No Adapter"));
    await().atMost(Duration.ofMinutes(1)).until(() -> readyz().equals("ok"));

    write("galaxy", adapter("galaxy", "subscription: galaxy-sub"));
    await().atMost(Duration.ofMinutes(1)).until(() -> readyz().equals("ok")
        && fleet.camel().getRoute("galaxy-subscription") != null);
  }

  private static String readyz() {
    return fleet.management("/readyz").body().at("/checks/adapters").asText();
  }

  private static String adapter(String name, String line) {
    return "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata:\n  name: " + name
        + "\nspec: # of its own\n  template: job-adapter\n  " + line + "\n  for: Cluster\n  manifest: job.yaml\n";
  }

  /** At once: the reloader never sees half of it. */
  private static void write(String name, String text) throws IOException {
    var folder = Files.createDirectory(temporary.resolve(name));
    Files.writeString(folder.resolve("adapter.yaml"), text);
    Files.writeString(folder.resolve("job.yaml"), "apiVersion: batch/v1\nkind: Job\n");
    Files.move(folder, directory.resolve(name));
  }
}
