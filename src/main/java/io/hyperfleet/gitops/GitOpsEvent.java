package io.hyperfleet.gitops;

import java.time.Instant;
import java.util.Map;

/**
 * One thing to do to one file of one destination (the event flow seed).
 *
 * @param destination name of the destination
 * @param baseFolder of that destination
 * @param identifier which object
 * @param operation what asks for it
 * @param content the file; {@code null} when it is to be absent, and for reconciliation, where the cluster is asked when the
 *     file is written
 * @param actor who changed it
 * @param trailers what the object says of itself, for the commit
 * @param timestamp when it happened
 */
public record GitOpsEvent(String destination, String baseFolder, ResourceIdentifier identifier, Operation operation,
    byte[] content, Actor actor, Map<String, String> trailers, Instant timestamp) {

  /** The event of a change in the cluster. */
  public static GitOpsEvent update(Destination destination, ResourceIdentifier identifier, Manifest manifest, Actor actor,
      Instant timestamp) {
    return new GitOpsEvent(destination.name(), destination.baseFolder(), identifier, Operation.UPDATE,
        manifest == null ? null : manifest.content(), actor, manifest == null ? Map.of() : manifest.trailers(), timestamp);
  }

  /** An event of the reconciler. */
  public static GitOpsEvent reconcile(Destination destination, ResourceIdentifier identifier, Operation operation,
      Instant timestamp) {
    return new GitOpsEvent(destination.name(), destination.baseFolder(), identifier, operation, null, Actor.RECONCILER,
        Map.of(), timestamp);
  }

  /** The same event by somebody else. */
  public GitOpsEvent by(Actor other) {
    return new GitOpsEvent(destination, baseFolder, identifier, operation, content, other, trailers, timestamp);
  }

  /** Path of the file. */
  public String path() {
    return ResourcePaths.path(baseFolder, identifier);
  }

  /** The line of the seed: {@code [UPDATE] v1/configmaps/my-config by user/admin}. */
  public String line() {
    return "[" + operation + "] " + identifier.display() + " by " + actor;
  }
}
