package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.HyperFleetApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as the jar runs it, in a process of its own, on a machine whose services are all away. */
class DryRunProcessTest {

  @TempDir
  private Path directory;

  @Test
  void printsNothingButTheTraceAndEndsWithItsExitCode() throws Exception {
    var out = directory.resolve("out").toFile();
    var err = directory.resolve("err").toFile();
    var builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), HyperFleetApplication.class.getName(),
        "dry-run", "--adapter", "src/main/resources/adapters/validation",
        "--case", "src/test/resources/adapters/validation/creation-refused", "--output", "json"))
        .redirectOutput(out).redirectError(err);
    builder.environment().put("KUBECONFIG", directory.resolve("none").toString());
    builder.environment().put("PUBSUB_EMULATOR_HOST", "localhost:1");
    builder.environment().put("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/none");
    builder.environment().put("HYPERFLEET_API_BASEURL", "http://localhost:1");

    int code = builder.start().waitFor();

    // Newer JVMs warn that CEL's protobuf calls sun.misc.Unsafe; no setting of ours can keep them from it.
    assertThat(Files.readAllLines(err.toPath()))
        .filteredOn(line -> !line.matches("WARNING: .*(sun\\.misc\\.Unsafe|UnsafeUtil).*"))
        .isEmpty();
    assertThat(code).isEqualTo(1);
    var trace = new ObjectMapper().readTree(out);
    assertThat(trace.at("/problems/0").asText()).startsWith("Health is False: Failed to create workload: ");
    assertThat(trace.at("/reports/0/body/adapter").asText()).isEqualTo("validation");
  }
}
