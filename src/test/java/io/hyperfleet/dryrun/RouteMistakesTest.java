package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.MistakeCases;
import io.hyperfleet.docs.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mistakes in an operator's template, and the line that tells each of them. Cases are data, in
 * {@code src/test/resources/route-mistakes}; its README says how one is written.
 */
@Tag("long")
class RouteMistakesTest {

  private static final Path CASES = Path.of("src/test/resources/route-mistakes");
  private static final Page PAGE = Page.of(Path.of("docs/adapters/templates.md"));

  @TempDir
  Path directory;

  @TestFactory
  Stream<DynamicTest> eachIsToldInOneLine() throws IOException {
    var template = PAGE.blocks("yaml").stream().filter(block -> block.startsWith("- routeTemplate:")).findFirst()
        .orElseThrow();
    return MistakeCases.of(CASES).stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> {
      var find = one.text("find", null);
      if (find != null) {
        assertThat(template).containsOnlyOnce(find);
      }
      var file = find == null ? one.text("file", "") : template.replace(find, one.text("replace", ""));
      assertThat(lastLine(file)).matches(MistakeCases.pattern("..." + one.text("says", "")));
    }));
  }

  private String lastLine(String routes) throws IOException {
    var folder = Files.createTempDirectory(directory, "case");
    var adapter = Files.createDirectory(folder.resolve("release"));
    Files.writeString(adapter.resolve("adapter.yaml"), """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata:
          name: release
        spec:
          template: approval
          for: Cluster
          manifest: job.yaml
        """);
    Files.writeString(adapter.resolve("job.yaml"), """
        apiVersion: batch/v1
        kind: Job
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: release, image: "busybox:1.36"}]
        """);
    Files.writeString(folder.resolve("cluster.yaml"), "id: cls-123\nname: prod\ngeneration: 1\n");
    Files.writeString(Files.createDirectory(folder.resolve("routes")).resolve("approval.camel.yaml"), routes);
    var output = new StringWriter();
    var printer = new PrintWriter(output, true);
    int code = HyperFleetCommands.run(printer, printer, "adapter", "try", "--routes",
        folder.resolve("routes").toString(), "--adapter", adapter.toString(), "--cluster",
        folder.resolve("cluster.yaml").toString());
    assertThat(code).as("%s", output).isNotZero();
    var lines = output.toString().lines().toList();
    return lines.get(lines.size() - 1);
  }
}
