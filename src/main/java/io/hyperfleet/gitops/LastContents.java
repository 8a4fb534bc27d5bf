package io.hyperfleet.gitops;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Tells changes from bookkeeping: the last content of each file that events were made for. Not for several threads. */
final class LastContents {

  private final Map<String, Integer> hashes = new HashMap<>();

  /** Whether this is another content than the last one; an absent one always is, and is forgotten at once. */
  boolean changes(String destination, ResourceIdentifier id, Manifest manifest) {
    var key = destination + " " + id.key();
    if (manifest == null) {
      hashes.remove(key);
      return true;
    }
    int content = Arrays.hashCode(manifest.content());
    return !Integer.valueOf(content).equals(hashes.put(key, content));
  }

  void clear() {
    hashes.clear();
  }
}
