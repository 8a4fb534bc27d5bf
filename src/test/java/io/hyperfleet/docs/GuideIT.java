package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.dryrun.HyperFleetCommands;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The authoring guide, followed: its files are written, its commands run, what they print is compared. */
class GuideIT {

  private static final Path GUIDE = Path.of("docs/adapters/guide.md");
  /** A fenced block, with the name of the file that it is, if a line names one. */
  private static final Pattern BLOCK = Pattern.compile("(?ms)(?:^`([^`\\n]+)`\\n\\n)?^```(\\w+)\\n(.*?)^```$");
  private static final String JAR = "java -jar hyperfleet.jar ";
  private static final String BUILT_JAR = "java -jar target/hyperfleet-[^/ ]+.jar ";

  @TempDir
  private Path directory;

  @ParameterizedTest
  @CsvSource({"docs/adapters/guide.md, 15", "docs/adapters/templates.md, 3"})
  void doesAsItSays(Path page, int expected) throws IOException {
    var output = "";
    int commands = 0;
    // Words that name something in the directory are taken for that; this one is made by a command.
    Files.createDirectories(directory.resolve("bucket-maker"));
    for (var block : BLOCK.matcher(Files.readString(page)).results().toList()) {
      if (block.group(1) != null) {
        write(directory.resolve(block.group(1)), block.group(3));
      } else if (block.group(2).equals("bash") && block.group(3).contains(JAR)) {
        for (String command : block.group(3).lines().toList()) {
          output = run(command);
          commands++;
        }
      } else if (block.group(2).equals("text")) {
        assertThat(output).as("of the command above").matches(asPrinted(block.group(3)));
      }
    }
    assertThat(commands).isEqualTo(expected);
  }

  @Test
  void itsAdapterAndTheExamplesTakeAClusterToReadyFromMountedConfigMaps() throws IOException {
    for (var block : BLOCK.matcher(Files.readString(GUIDE)).results().toList()) {
      if (block.group(1) != null && block.group(1).startsWith("audit-log/")) {
        write(directory.resolve(block.group(1)), block.group(3));
      }
    }
    var location = Files.createDirectories(directory.resolve("location"));
    mountFlat(directory.resolve("audit-log"), location.resolve("audit-log"));
    mountWithPaths(List.of(Path.of("examples/adapters/gcp-network"), Path.of("examples/adapters/compliance-scan"),
        Path.of("examples/adapters/external-dns")), location);

    var properties = TestRunCommand.properties(Page.of(GUIDE));
    assertThat(properties).hasSize(2).contains("hyperfleet.adapters.location=my-adapters");
    try (var fleet = LocalFleet.start(properties.stream()
        .map(property -> property.replace("=my-adapters", "=" + location)
            .replaceFirst("(required-adapters=.*)", "$1,gcp-network,compliance-scan,external-dns"))
        .toArray(String[]::new))) {
      var id = fleet
          .post("/clusters",
              """
          {"kind": "Cluster", "name": "guide", "spec": {"region": "us-east1", "api": {"addresses": ["203.0.113.7"]}}}""")
          .body().path("id").asText();

      await().until(() -> fleet.phase(id).equals("Ready"));
      assertThat(fleet.condition(id, "audit-log", "Available")).isEqualTo("True JobSucceeded");
      assertThat(fleet.report(id, "audit-log").at("/data/bucket").asText()).isEqualTo("audit-" + id);
      assertThat(fleet.condition(id, "gcp-network", "Available")).isEqualTo("True NotApplicable");
      assertThat(fleet.condition(id, "compliance-scan", "Available")).isEqualTo("True PostconditionsMet");
      assertThat(fleet.report(id, "compliance-scan").at("/data/rules").asText()).isEqualTo("cis-1.1,cis-1.2");

      assertThat(fleet.report(id, "external-dns").at("/data/dns").asText()).isEqualTo("guide.clusters.example.com");

      dryRunsARunningCluster(fleet.apiUrl() + "/clusters/" + id);
      triesAPastEvent(fleet, id);
      lintsWhatIsStored(fleet.apiUrl());
      fleet.delete("/clusters/" + id);
      await().until(() -> fleet.phase(id).equals("gone"));
    }
  }

  @Test
  void gettingStartedShowsWhatADryRunPrints() {
    var page = Page.of(Path.of("docs/getting-started.md"));
    var command = page.commands("java").stream().filter(each -> each.contains(" dry-run ")).findFirst().orElseThrow();
    assertThat(command).matches(BUILT_JAR + ".*");
    assertThat(run(command.replaceFirst(BUILT_JAR, JAR))).matches(asPrinted(page.blocks("text").stream()
        .filter(block -> block.contains("\nPreconditions\n")).findFirst().orElseThrow()));
  }

  private void dryRunsARunningCluster(String url) {
    var output = run(JAR + "dry-run --adapter audit-log --cluster " + url);
    assertThat(output).contains("upToDate: true", "reason: JobSucceeded", "no changes", "Result: OK");
  }

  private void triesAPastEvent(LocalFleet fleet, String cluster) {
    var event = fleet.get("/events?aggregate_id=" + cluster).body().at("/items/0/event_id").asText();
    var output = run(JAR + "adapter try audit-log --event " + event + " --api " + fleet.apiUrl());
    assertThat(output).contains("event_id=" + event, "upToDate: true", "reason: JobSucceeded", "Result: OK");
  }

  private void lintsWhatIsStored(String api) {
    var operations = Page.of(Path.of("docs/operations.md"));
    var command = operations.commands("java").stream().filter(each -> each.contains(" adapter lint ")).findFirst()
        .orElseThrow();
    assertThat(run(command.replaceFirst("http://\\S+", api))).matches(asPrinted(operations.blocks("text").stream()
        .filter(block -> block.contains("would be rejected")).findFirst().orElseThrow()));
  }

  /** A ConfigMap as Kubernetes mounts it: files are links into a folder that is swapped as a whole. */
  private static void mountFlat(Path folder, Path mount) throws IOException {
    var data = Files.createDirectories(mount.resolve("..2026_11_21_10_00_00.1"));
    Files.createSymbolicLink(mount.resolve("..data"), data.getFileName());
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, data.resolve(file.getFileName().toString()));
        Files.createSymbolicLink(mount.resolve(file.getFileName().toString()),
            Path.of("..data", file.getFileName().toString()));
      }
    }
  }

  /** One ConfigMap of several adapters, whose {@code items} have paths: folders are links. */
  private static void mountWithPaths(List<Path> folders, Path mount) throws IOException {
    var data = Files.createDirectories(mount.resolve("..2026_11_21_10_00_00.2"));
    Files.createSymbolicLink(mount.resolve("..data"), data.getFileName());
    for (Path folder : folders) {
      var name = folder.getFileName().toString();
      Files.createDirectories(data.resolve(name));
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.copy(file, data.resolve(name).resolve(file.getFileName().toString()));
        }
      }
      Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String run(String command) {
    assertThat(command).startsWith(JAR);
    var output = new StringWriter();
    var printer = new PrintWriter(output, true);
    HyperFleetCommands.run(printer, printer, Arrays.stream(command.substring(JAR.length()).split(" "))
        .map(word -> Files.exists(directory.resolve(word)) ? directory.resolve(word).toString() : word)
        .toArray(String[]::new));
    return output.toString();
  }

  /** A line of dots stands for any lines, dots within a line for any text. */
  private static Pattern asPrinted(String text) {
    return Pattern.compile("(?s)" + text.lines()
        .map(line -> line.equals("...")
            ? "(.*\\n)??"
            : Arrays.stream(line.split("\\.\\.\\.", -1)).map(Pattern::quote)
                .collect(Collectors.joining("[^\\n]*")) + "\\n")
        .collect(Collectors.joining()));
  }
}
