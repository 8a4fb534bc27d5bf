package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.util.Optional;

/** What the cluster holds at this moment, as far as it is known. */
public interface ClusterContents {

  /**
   * What a file of a destination is to hold now.
   *
   * @return empty when the object does not exist, or cannot be written
   */
  Optional<Manifest> current(String destination, ResourceIdentifier identifier);

  /** Whether there is no such object; what is not known may be there. */
  boolean isGone(String destination, ResourceIdentifier identifier);

  /** The kind of an event's object, as the cluster serves it; empty while that is not known. */
  Optional<String> kind(GitOpsEvent event);
}
