package io.hyperfleet.gitops;

import java.time.Instant;
import java.util.Map;

/**
 * One thing to do to one file of one destination.
 *
 * @param destination name of the destination
 * @param baseFolder of that destination
 * @param identifier which object
 * @param operation what asks for it
 * @param content the file; {@code null} when it is to be absent, and for reconciliation, where the cluster is asked
 * when the file is written
 * @param actor who changed it
 * @param trailers what the object says of itself, for the commit
 * @param timestamp when it happened
 */
public record GitOpsEvent(String destination, String baseFolder, ResourceIdentifier identifier, Operation operation,
    byte[] content, Actor actor, Map<String, String> trailers, Instant timestamp) {

  /** The event of a change in the cluster. */
  public static GitOpsEvent update(Destination destination, ResourceIdentifier identifier, Manifest manifest,
      Actor actor,
      Instant timestamp) {
    return new GitOpsEvent(destination.name(), destination.baseFolder(), identifier, Operation.UPDATE,
        manifest.content(), actor,
        manifest.trailers(), timestamp);
  }

  /**
   * The event of an object that is gone, by nobody that is known; its body is not kept, only what it said for the
   * trailers.
   */
  public static GitOpsEvent deletion(Destination destination, ResourceIdentifier identifier,
      Map<String, String> trailers,
      Instant timestamp) {
    return new GitOpsEvent(destination.name(), destination.baseFolder(), identifier, Operation.UPDATE, null,
        Actor.UNKNOWN,
        trailers, timestamp);
  }

  /** An event of the reconciler. */
  public static GitOpsEvent reconcile(Destination destination, ResourceIdentifier identifier, Operation operation,
      Map<String, String> trailers, Instant timestamp) {
    return new GitOpsEvent(destination.name(), destination.baseFolder(), identifier, operation, null, Actor.RECONCILER,
        trailers, timestamp);
  }

  /** The same event with what its file is to hold, what the commit is to say of the object, and when it happened. */
  public GitOpsEvent with(byte[] otherContent, Map<String, String> otherTrailers, Instant otherTimestamp) {
    return new GitOpsEvent(destination, baseFolder, identifier, operation, otherContent, actor, otherTrailers,
        otherTimestamp);
  }

  /** The same event by somebody else. */
  public GitOpsEvent by(Actor other) {
    return new GitOpsEvent(destination, baseFolder, identifier, operation, content, other, trailers, timestamp);
  }

  /** Path of the file. */
  public String path() {
    return ResourcePaths.path(baseFolder, identifier);
  }

  /** The line of a commit: {@code [UPDATE] v1/configmaps/my-config by user/admin}. */
  public String line() {
    return "[" + operation + "] " + identifier.display() + " by " + actor;
  }
}
