package io.hyperfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs the local PostgreSQL, which refuses to be started by root: this user, or as root somebody else, by whichever
 * command of this machine can do that.
 *
 * @param prefix what stands before a command, to run it as that user
 * @param owner the user that owns the server's files; empty for this one
 */
record PostgresUser(List<String> prefix, String owner) {

  private static final String NOBODY = "65534";

  /** The last one maps this user to nobody, so that files stay this user's. */
  private static final List<PostgresUser> AS_ROOT = List.of(
      new PostgresUser(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY),
      new PostgresUser(List.of("chroot", "--userspec=" + NOBODY + ":" + NOBODY, "--groups=", "/"), NOBODY),
      new PostgresUser(List.of("runuser", "-u", "nobody", "--"), NOBODY),
      new PostgresUser(List.of("unshare", "-U"), ""));

  /**
   * The user for this process.
   *
   * @throws IllegalStateException as root, where no command can become another user
   */
  static PostgresUser find() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new PostgresUser(List.of(), "");
    }
    return AS_ROOT.stream().filter(PostgresUser::works).findFirst().orElseThrow(() -> new IllegalStateException(
        "it refuses to run as root, and none of setpriv, chroot, runuser and unshare can start it as somebody else"));
  }

  /** A command as that user. */
  List<String> command(Path program, List<String> arguments) {
    var command = new ArrayList<>(prefix);
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }

  /** Gives a directory to that user. */
  void own(Path directory) throws IOException {
    if (!owner.isEmpty()) {
      var users = directory.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(directory, users.lookupPrincipalByName(owner));
    }
  }

  private boolean works() {
    try {
      var builder = new ProcessBuilder(command(Path.of("id"), List.of("-un")));
      var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var name = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 && !name.equals("root");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
