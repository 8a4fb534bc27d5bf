package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/**
 * Detects repositories with another object format than SHA-1, which JGit does not support: such a server closes the
 * connection on fetch, and names its format on push.
 */
final class ObjectFormat {

  private static final Pattern SHA256 = Pattern.compile(".*Invalid ref advertisement line: '[0-9a-f]{64} .*",
      Pattern.DOTALL);
  private static final List<Class<? extends IOException>> NOBODY_THERE = List.of(ConnectException.class,
      NoRouteToHostException.class,
      SocketTimeoutException.class, UnknownHostException.class);

  private ObjectFormat() {}

  /** Refuses a repository on this machine that has another format; the library would take it for an empty one. */
  static void checkLocal(String url) throws GitException {
    try {
      var uri = new URIish(url);
      if (uri.isRemote() || uri.getPath() == null) {
        return;
      }
      for (var config : List.of(Path.of(uri.getPath(), "config"), Path.of(uri.getPath(), ".git", "config"))) {
        if (Files.isRegularFile(config) && !isSha1(config)) {
          throw unsupported(url);
        }
      }
    } catch (URISyntaxException | IOException | ConfigInvalidException e) {
      // Connecting to it shows the problem.
      return;
    }
  }

  private static boolean isSha1(Path file) throws IOException, ConfigInvalidException {
    var config = new Config();
    config.fromText(Files.readString(file));
    var format = config.getString("extensions", null, "objectformat");
    return format == null || format.equalsIgnoreCase("sha1");
  }

  /** The cause of a failed connection, after reading the server's response again. */
  static GitException explain(RemoteRepository remote, Repository local, Exception failure) {
    var explained = RemoteFailures.explain(remote.url(), failure);
    if (explained.reason() != Reason.CONNECTION_FAILED
        || causes(failure).anyMatch(cause -> NOBODY_THERE.stream().anyMatch(type -> type.isInstance(cause)))) {
      return explained;
    }
    try (var transport = remote.connect(local); var connection = transport.openPush()) {
      return explained;
    } catch (GitException | NotSupportedException | TransportException e) {
      return SHA256.matcher(String.valueOf(e.getMessage())).matches() ? unsupported(remote.url()) : explained;
    }
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static GitException unsupported(String url) {
    return new GitException(Reason.REPOSITORY_UNSUPPORTED,
        url + " uses the object format SHA-256, which is not supported: use a SHA-1 repository (git init "
            + "--object-format=sha1)",
        null);
  }
}
