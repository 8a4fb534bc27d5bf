package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One commit to create: events of one actor, one operation and one destination, at most one for a file.
 *
 * @param events in their order
 */
public record PendingWrite(List<GitOpsEvent> events) {

  GitOpsEvent last() {
    return events.get(events.size() - 1);
  }

  /**
   * The same writes without events that later ones overwrite, so that their number is limited by that of the files.
   */
  static List<PendingWrite> coalesce(List<PendingWrite> writes) {
    Set<String> later = new HashSet<>();
    var result = new ArrayList<PendingWrite>();
    for (int i = writes.size() - 1; i >= 0; i--) {
      var kept = writes.get(i).events().stream().filter(event -> !later.contains(event.path())).toList();
      kept.forEach(event -> later.add(event.path()));
      if (!kept.isEmpty()) {
        result.add(0, new PendingWrite(kept));
      }
    }
    return result;
  }
}
