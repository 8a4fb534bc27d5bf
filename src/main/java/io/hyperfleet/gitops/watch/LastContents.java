package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.id.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells changes from bookkeeping: the last content of each file that events were made for. Not for several threads. */
public final class LastContents {

  private static final int DIGEST_BYTES = 16;

  private final Map<String, String> digests = new HashMap<>();

  /** Whether this is another content than the last one. */
  public boolean changes(String destination, ResourceIdentifier id, Manifest manifest) {
    var digest = Sha256.hex(manifest.content(), DIGEST_BYTES);
    return !digest.equals(digests.put(key(destination, id), digest));
  }

  /** The object is gone: whatever it is when it comes again is a change. */
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

  /** Objects that are remembered, each once for a destination. */
  public int size() {
    return digests.size();
  }

  private static String key(String destination, ResourceIdentifier id) {
    return destination + " " + id.key();
  }
}
