package io.hyperfleet.git;

/**
 * A failed Git operation; {@link #reason()} has its kind, and the message never contains secrets.
 */
public class GitException extends Exception {

  /** Reasons, as used in conditions. */
  public enum Reason {
    /** The remote rejects the credentials. */
    AUTH_FAILED("AuthFailed"),
    /** The configured credentials do not exist. */
    SECRET_NOT_FOUND("SecretNotFound"),
    /** The credentials cannot be read. */
    SECRET_MALFORMED("SecretMalformed"),
    /** The remote's SSH key is unknown. */
    HOST_KEY_UNKNOWN("HostKeyUnknown"),
    /** The remote cannot be reached, or does not respond in time. */
    CONNECTION_FAILED("ConnectionFailed"),
    /** The remote repository is not supported: object format SHA-256, or shallow. */
    REPOSITORY_UNSUPPORTED("RepositoryUnsupported"),
    /** The remote rejects the push, because of a protected branch or a hook. */
    PUSH_REJECTED("PushRejected"),
    /** The local clone cannot be read or written. */
    LOCAL_STORE_FAILED("LocalStoreFailed");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** The reason as conditions and metrics show it. */
    public String word() {
      return word;
    }
  }

  private final transient Reason reason;

  /** With the problem, in words for an operator. */
  public GitException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
