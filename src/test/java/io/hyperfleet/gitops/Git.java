package io.hyperfleet.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A repository seen with git itself, so that what JGit wrote is read by another program. */
public final class Git {

  private final Path directory;

  private Git(Path directory) {
    this.directory = directory;
  }

  /** A bare repository without a commit, whose default branch is main; skips the test on a machine without git. */
  static Git bare(Path directory) {
    Assumptions.assumeTrue(isThere(), "git is not installed");
    run(directory.getParent(), "init", "--quiet", "--bare", "--initial-branch=main", directory.toString());
    return new Git(directory);
  }

  private static boolean isThere() {
    try {
      return new ProcessBuilder("git", "--version").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  String url() {
    return directory.toUri().toString();
  }

  Path directory() {
    return directory;
  }

  /** What git prints. */
  String run(String... arguments) {
    return run(directory, arguments);
  }

  /** The subjects of a branch's commits, the newest first; none when there is no such branch. */
  List<String> subjects(String branch) {
    return run("branch", "--list", branch).isBlank() ? List.of() : lines(run("log", "--format=%s", branch));
  }

  List<String> subjects() {
    return subjects("main");
  }

  /** The paths of a branch's files. */
  List<String> files(String branch) {
    return run("branch", "--list", branch).isBlank()
        ? List.of()
        : lines(run("ls-tree", "-r", "--name-only", "-z", branch)
            .replace('\0', '\n'));
  }

  List<String> files() {
    return files("main");
  }

  String read(String path) {
    return run("show", "main:" + path);
  }

  /** What somebody else does: in a clone of their own, with a shell's words, committed and pushed. */
  void elsewhere(String branch, String message, Work work) {
    try {
      var clone = Files.createTempDirectory(directory.getParent(), "clone");
      run(clone, "clone", "--quiet", url(), ".");
      if (run("branch", "--list", branch).isBlank()) {
        run(clone, "checkout", "--quiet", "-B", branch);
      } else {
        run(clone, "checkout", "--quiet", branch);
      }
      work.in(clone);
      run(clone, "add", "--all");
      run(clone, "-c", "user.name=Else", "-c", "user.email=else@example.com", "commit", "--quiet", "--allow-empty",
          "-m", message);
      run(clone, "push", "--quiet", "--force", "origin", branch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void elsewhere(String message, Work work) {
    elsewhere("main", message, work);
  }

  interface Work {
    void in(Path clone) throws IOException;
  }

  /** Writes a file and the folders above it. */
  static void write(Path clone, String path, String content) throws IOException {
    var file = clone.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(text.lines().toList());
  }

  static String run(Path directory, String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("HOME", directory.toString());
    try {
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
