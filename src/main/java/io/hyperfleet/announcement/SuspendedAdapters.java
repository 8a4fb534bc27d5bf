package io.hyperfleet.announcement;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which adapters do nothing now, as a process that lives says; a few seconds old. */
@Component
@ConditionalOnRole(Role.API)
public class SuspendedAdapters {

  private volatile Set<String> names = Set.of();

  /** Their names. */
  public Set<String> names() {
    return names;
  }

  /** Those of a kind's adapters whose answers an event waits for; all, where all of them are suspended. */
  public List<String> awaited(List<String> required) {
    var now = names;
    if (now.isEmpty()) {
      return required;
    }
    var awaited = required.stream().filter(adapter -> !now.contains(adapter)).toList();
    return awaited.isEmpty() ? required : awaited;
  }

  void are(Set<String> suspended) {
    names = Set.copyOf(suspended);
  }
}
