package io.hyperfleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The commands as {@code ./mvnw -Pcli package} lays them out, over a jar that the test gives, in an environment that
 * has only what is set here.
 */
final class Installation {

  private static final long PATIENCE_MINUTES = 3;

  /** How a command ended, and what it said. */
  record Ended(int code, String out, String err) {}

  final Path directory;
  final Map<String, String> environment = new HashMap<>();
  private final Path outputs;
  private int started;

  /** Lays them out below a directory, in a folder of a name. */
  Installation(Path directory, String name) throws IOException {
    this.directory = Files.createDirectories(directory.resolve(name).resolve("hyperfleet-cli"));
    outputs = Files.createDirectories(directory.resolve("outputs"));
    copy(Path.of("src/main/cli"), this.directory);
    copy(Path.of("examples"), this.directory.resolve("examples"));
    Files.createDirectories(this.directory.resolve("lib"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", Files.createDirectories(directory.resolve("home")).toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        var target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  Path command() {
    return directory.resolve("bin/hyperfleet");
  }

  /** The folder of archives that is used where nothing else is said. */
  Path cache() {
    return Path.of(environment.get("HOME"), ".cache", "hyperfleet");
  }

  /** What is in that folder. */
  List<Path> cached() throws IOException {
    if (!Files.isDirectory(cache())) {
      return List.of();
    }
    try (var files = Files.list(cache())) {
      return files.sorted().toList();
    }
  }

  /** A command that has begun; what it prints goes to files, {@code out} and {@code err}. */
  final class Started {
    final Process process;
    private final Path out;
    private final Path err;

    private Started(Path command, String... arguments) throws IOException {
      int number = started++;
      out = outputs.resolve("out" + number);
      err = outputs.resolve("err" + number);
      var words = new ArrayList<>(List.of(command.toString()));
      words.addAll(List.of(arguments));
      var builder = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      process = builder.start();
    }

    Ended end() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not end: " + Files.readString(out) + Files.readString(err));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  Started start(String... arguments) throws IOException {
    return new Started(command(), arguments);
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end();
  }

  /** Runs it by another path that leads to it. */
  Ended runAs(Path command, String... arguments) throws IOException, InterruptedException {
    return new Started(command, arguments).end();
  }
}
