package io.hyperfleet.timeline;

import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The built-in validation adapter with Jobs whose containers wait until the test lets them run: what happens meanwhile
 * is sure to happen before they end, however slow the machine is.
 */
final class HeldValidation {

  private static final Path BUILT_IN = Path.of("src/main/resources/adapters/validation");
  private static final String STUCK = "local.hyperfleet.io/stuck";

  private HeldValidation() {}

  /** Writes the adapter into a folder for {@code hyperfleet.adapters.location}, which the answer is. */
  static Path in(Path location) throws IOException {
    var folder = Files.createDirectories(location.resolve("validation"));
    Files.copy(BUILT_IN.resolve("adapter.yaml"), folder.resolve("adapter.yaml"));
    Files.writeString(folder.resolve("job.yaml"), Files.readString(BUILT_IN.resolve("job.yaml"))
        .replaceFirst("(?m)^spec:$", "metadata:\n  annotations:\n    " + STUCK + ": ContainerCreating\nspec:"));
    return location;
  }

  /** Lets the Job of a cluster's generation run. */
  static void letRun(LocalFleet fleet, String cluster, int generation) {
    fleet.kubernetes().batch().v1().jobs().inNamespace("hyperfleet-adapters")
        .withName("validation-" + cluster + "-gen" + generation)
        .edit(job -> {
          job.getMetadata().getAnnotations().remove(STUCK);
          return job;
        });
  }
}
