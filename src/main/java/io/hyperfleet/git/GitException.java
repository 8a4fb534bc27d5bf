package io.hyperfleet.git;

/**
 * Git cannot do what was asked; {@link #reason()} says what kind of trouble it is, the message never holds a secret.
 */
public class GitException extends Exception {

  /** What stands in the way, by the names that conditions use. */
  public enum Reason {
    /** The remote does not accept the credentials. */
    AUTH_FAILED("AuthFailed"),
    /** There are no credentials where the configuration says that they are. */
    SECRET_NOT_FOUND("SecretNotFound"),
    /** The credentials cannot be read. */
    SECRET_MALFORMED("SecretMalformed"),
    /** The remote's SSH key is not one that is known. */
    HOST_KEY_UNKNOWN("HostKeyUnknown"),
    /** The remote cannot be reached, or does not answer in time. */
    CONNECTION_FAILED("ConnectionFailed"),
    /** The remote is a repository that cannot be written: of the object format SHA-256, or shallow. */
    REPOSITORY_UNSUPPORTED("RepositoryUnsupported"),
    /** The remote refuses the push: a protected branch or a hook. */
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

  /** With what went wrong, in words for an operator. */
  public GitException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
