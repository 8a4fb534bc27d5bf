package io.hyperfleet.gitops;

import java.time.Instant;
import java.util.Map;

/**
 * A change to one file of a destination.
 *
 * @param destination name of the destination
 * @param baseFolder of that destination
 * @param identifier which object
 * @param operation the operation that a rule selected
 * @param content the file; {@code null} when it is to be absent, and for reconciliation, where the cluster is asked
 * when the file is written
 * @param actor who changed it
 * @param trailers trailers for the commit, from the object's labels
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
   * The event of a deleted object, by an unknown author; of the object itself, only the labels are kept, for the
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

  /** The same event with the content of its file, the trailers of its commit, and its time. */
  public GitOpsEvent with(byte[] otherContent, Map<String, String> otherTrailers, Instant otherTimestamp) {
    return new GitOpsEvent(destination, baseFolder, identifier, operation, otherContent, actor, otherTrailers,
        otherTimestamp);
  }

  /** The same event with another author. */
  public GitOpsEvent by(Actor other) {
    return new GitOpsEvent(destination, baseFolder, identifier, operation, content, other, trailers, timestamp);
  }

  /** Path of the file. */
  public String path() {
    return ResourcePaths.path(baseFolder, identifier);
  }

  /** The first line of its commit message: {@code [UPDATE] v1/configmaps/my-config by user/admin}. */
  public String line() {
    return "[" + operation + "] " + identifier.display() + " by " + actor;
  }
}
