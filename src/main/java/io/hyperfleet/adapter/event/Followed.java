package io.hyperfleet.adapter.event;

import io.hyperfleet.adapter.definition.AdapterDefinition;

/**
 * The revision that a resource follows, where that is another one than the folder's; routes see it as {@code followed}.
 *
 * @param digest as the API has answered it
 * @param definition of that revision; null where this process does not hold it
 * @param known whether there is no use in asking the API for it: it is held, or cannot be used here
 */
public record Followed(String digest, AdapterDefinition definition, boolean known) {

  /** Whether there is anything to act by. */
  public boolean acts() {
    return definition != null && !definition.workload().suspended();
  }
}
