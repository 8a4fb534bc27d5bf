package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.docs.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

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
    return cases().map(one -> DynamicTest.dynamicTest((String) one.get("mistake"), () -> {
      var find = (String) one.get("find");
      if (find != null) {
        assertThat(template).containsOnlyOnce(find);
      }
      var file = find == null ? (String) one.get("file") : template.replace(find, (String) one.get("replace"));
      assertThat(lastLine(file)).matches(pattern((String) one.get("says")));
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

  /** What is said ends so; dots stand for any text. */
  private static Pattern pattern(String says) {
    return Pattern.compile(".*" + Arrays.stream(says.split("\\.\\.\\.", -1)).map(Pattern::quote)
        .collect(Collectors.joining(".*")));
  }

  private static Stream<Map<?, ?>> cases() throws IOException {
    List<Map<?, ?>> cases = new ArrayList<>();
    try (var files = Files.list(CASES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        List<?> list = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        list.forEach(one -> cases.add((Map<?, ?>) one));
      }
    }
    return cases.stream();
  }
}
