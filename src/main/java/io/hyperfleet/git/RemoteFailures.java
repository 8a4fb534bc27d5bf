package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.log.FailureMessage;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;

/** Explains failed connections, without passwords. */
final class RemoteFailures {

  private static final int LONGEST = 500;
  private static final Pattern COLOURS = Pattern
      .compile("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|[@-Z\\\\-_])");
  private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\s]+");
  private static final Pattern USER = Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)[^/@\\s]*@");

  private RemoteFailures() {}

  static GitException explain(String url, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GitException known) {
        return known;
      }
      if (cause instanceof CorruptObjectException || cause instanceof MissingObjectException) {
        return new GitException(Reason.LOCAL_STORE_FAILED, "the local clone of " + url + " is damaged: " + text(cause),
            failure);
      }
    }
    if (String.valueOf(failure.getMessage()).contains("Invalid ref advertisement line: 'shallow ")) {
      return new GitException(Reason.REPOSITORY_UNSUPPORTED,
          url + " is a shallow clone, which cannot be pushed to: run git fetch --unshallow there, or use the "
              + "repository that it was cloned from",
          failure);
    }
    var reason = reason(failure);
    return new GitException(reason, switch (reason) {
      case AUTH_FAILED -> url + " rejects the credentials: " + text(failure);
      case HOST_KEY_UNKNOWN -> "the SSH key of " + url + " is not in known_hosts";
      default -> url + " cannot be reached: " + text(failure);
    }, failure);
  }

  private static Reason reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("server key did not validate") || text.contains("host key")) {
        return Reason.HOST_KEY_UNKNOWN;
      }
      if (text.contains("not authorized") || text.contains("auth fail") || text.contains("authentication is required")
          || text.contains("not permitted") || text.contains("no more authentication methods")
          || cause instanceof SshException ssh && ssh.getDisconnectCode() == 14) {
        return Reason.AUTH_FAILED;
      }
    }
    return Reason.CONNECTION_FAILED;
  }

  /** A message without the user and password of a URL in it. */
  private static String text(Throwable failure) {
    return line(FailureMessage.of(failure));
  }

  /**
   * Messages of a server or its hooks on one line: truncated, without colours, control characters, and user and
   * password of a URL.
   */
  static String line(String words) {
    var line = CONTROL.matcher(COLOURS.matcher(words).replaceAll("")).replaceAll(" ").strip();
    line = USER.matcher(line).replaceAll("$1");
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
  }
}
