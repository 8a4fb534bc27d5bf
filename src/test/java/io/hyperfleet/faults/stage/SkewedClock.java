package io.hyperfleet.faults.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock of a process that is started with its {@link #environment}; it can be moved while the process runs.
 */
public final class SkewedClock {

  private static final Path SOURCE = Path.of("src/test/resources/faults/skewed-clock.c");

  private final Path library;
  private final Path file;

  private SkewedClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** Whether this machine can build the library that moves clocks. */
  public static boolean isPossible() {
    try {
      return System.getProperty("os.name").equals("Linux") && new ProcessBuilder("cc", "--version")
          .redirectErrorStream(true).redirectOutput(Path.of("/dev/null").toFile()).start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public static SkewedClock by(Duration skew, Path folder) throws Exception {
    var library = folder.resolve("skewed-clock.so");
    if (Files.notExists(library)) {
      var compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), SOURCE.toString(),
          "-ldl")
          .inheritIO().start();
      if (compiler.waitFor() != 0) {
        throw new IllegalStateException("cannot compile " + SOURCE);
      }
    }
    var clock = new SkewedClock(library, Files.createTempFile(folder, "skew", ""));
    clock.move(skew);
    return clock;
  }

  /** Sets how far it is from the true time, at once. */
  public void move(Duration skew) throws IOException {
    // Replaced as a whole: a process never reads half a number.
    var next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), String.valueOf(skew.toSeconds()));
    Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  public Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toAbsolutePath().toString(), "SKEW_FILE", file.toAbsolutePath().toString());
  }
}
