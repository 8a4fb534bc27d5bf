package io.hyperfleet.faults.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, small enough to be filled; skips the test on a machine that cannot mount one. */
public final class SmallDisk implements AutoCloseable {

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts one.
   *
   * @param options of tmpfs beside its mode, such as {@code size=1m}
   */
  public static SmallDisk mount(String fault, String options) throws IOException, InterruptedException {
    var directory = Files.createTempDirectory("hyperfleet-small-disk");
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "mode=0777," + options, "hyperfleet", directory.toString());
    if (!mounted) {
      Files.delete(directory);
    }
    Skips.unless(mounted, fault, "this machine cannot mount a small file system (needs root and mount)");
    return new SmallDisk(directory);
  }

  public Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", directory.toString());
    Files.delete(directory);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(Path.of("/dev/null").toFile()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
