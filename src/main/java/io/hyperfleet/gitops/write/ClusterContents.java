package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.util.Optional;

/** The current objects in the cluster, as far as known. */
public interface ClusterContents {

  /**
   * The current content for a file of a destination.
   *
   * @return empty when the object does not exist, or cannot be written
   */
  Optional<Manifest> current(String destination, ResourceIdentifier identifier);

  /** Whether the object is known not to exist. */
  boolean isGone(String destination, ResourceIdentifier identifier);

  /** The kind of an event's object, as the cluster serves it; empty while that is not known. */
  Optional<String> kind(GitOpsEvent event);
}
