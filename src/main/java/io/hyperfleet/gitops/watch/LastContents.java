package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.id.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Distinguishes changes from bookkeeping by the last content of each file. Not thread-safe. */
public final class LastContents {

  private static final int DIGEST_BYTES = 16;

  private final Map<String, String> digests = new HashMap<>();

  /** Whether this content differs from the last one. */
  public boolean changes(String destination, ResourceIdentifier id, Manifest manifest) {
    var digest = Sha256.hex(manifest.content(), DIGEST_BYTES);
    return !digest.equals(digests.put(key(destination, id), digest));
  }

  /** The object was deleted: if it is created again, any content is a change. */
  public void forget(String destination, ResourceIdentifier id) {
    digests.remove(key(destination, id));
  }

  void clear() {
    digests.clear();
  }

  /** Forgets the objects of all other destinations. */
  void keep(Set<String> destinations) {
    digests.keySet().removeIf(key -> !destinations.contains(key.substring(0, key.indexOf(' '))));
  }

  /** Number of remembered objects, counted once per destination. */
  public int size() {
    return digests.size();
  }

  private static String key(String destination, ResourceIdentifier id) {
    return destination + " " + id.key();
  }
}
