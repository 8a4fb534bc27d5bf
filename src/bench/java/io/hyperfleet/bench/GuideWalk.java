package io.hyperfleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The authoring guide, followed with a clock: its files are written and its commands run by the installed commands
 * ({@code ./mvnw -Pcli package}), each in a process of its own, as a person would. What is measured is the machine's
 * part of it. The first four commands, which write an adapter and lint, try and test it, are also given alone.
 */
public final class GuideWalk {

  private static final Path GUIDE = Path.of("docs/adapters/guide.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)(?:^`([^`\\n]+)`\\n\\n)?^```(\\w+)\\n(.*?)^```$");
  private static final String JAR = "java -jar hyperfleet.jar ";
  private static final int SHORTEST_PATH = 4;

  private GuideWalk() {}

  /** Takes the folder of the installed commands, {@code target/hyperfleet-cli} when absent. */
  public static void main(String[] args) throws Exception {
    var command = Path.of(args.length == 0 ? "target/hyperfleet-cli" : args[0]).resolve("bin/hyperfleet")
        .toAbsolutePath();
    var directory = Files.createTempDirectory("guide");
    // The first call of an installation makes its archive of classes; here that is waited for, and not counted.
    run(command, directory, List.of("adapter", "--help"));
    List<Double> seconds = new ArrayList<>();
    int files = 0;
    long lines = 0;
    for (var block : BLOCK.matcher(Files.readString(GUIDE)).results().toList()) {
      if (block.group(1) != null) {
        var file = directory.resolve(block.group(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.group(3));
        files++;
        lines = Math.max(lines, file.endsWith("adapter.yaml") ? block.group(3).lines().count() : 0);
      } else if (block.group(2).equals("bash") && block.group(3).contains(JAR)) {
        for (String line : block.group(3).lines().toList()) {
          long started = System.nanoTime();
          run(command, directory, List.of(line.substring(JAR.length()).split(" ")));
          seconds.add((System.nanoTime() - started) / 1e9);
        }
      }
    }
    var result = new LinkedHashMap<String, Object>();
    result.put("scenario", "the authoring guide, followed by the installed commands");
    result.put("commands", seconds.size());
    result.put("files", files);
    result.put("longest_adapter_yaml_lines", lines);
    result.put("new_lint_try_test_seconds", Measurements.rounded(sum(seconds.subList(0, SHORTEST_PATH))));
    result.put("whole_guide_seconds", Measurements.rounded(sum(seconds)));
    System.out.println(Measurements.json(result));
  }

  private static double sum(List<Double> seconds) {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Some commands of the guide show what is wrong with a file, and end with another code than 0. */
  private static void run(Path command, Path directory, List<String> words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(words);
    var process = new ProcessBuilder(line).directory(directory.toFile()).inheritIO()
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    process.environment().put("HYPERFLEET_CACHE", "wait");
    int code = process.start().waitFor();
    if (code > 3) {
      throw new IllegalStateException(words + " ended with " + code);
    }
  }
}
