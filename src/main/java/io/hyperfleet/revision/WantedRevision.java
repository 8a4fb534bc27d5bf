package io.hyperfleet.revision;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;

/**
 * Which revision of an adapter is wanted: the last one that every living process that runs the adapter had.
 *
 * @param digest the wanted one
 * @param previous the one before, or null
 */
public record WantedRevision(String digest, String previous) {

  /**
   * What is wanted after a look at the processes. Known or new, a revision becomes wanted once all of them have it;
   * while they differ, and while there is none, nothing changes, so that two folders never take turns.
   *
   * @param now what is wanted, null when nothing has been yet
   * @param announced what each living process has, null of one whose folder could never be loaded
   * @return {@code now} itself when nothing changes
   */
  static WantedRevision next(WantedRevision now, Collection<String> announced) {
    var digests = new HashSet<>(announced);
    if (digests.size() != 1 || digests.contains(null)) {
      return now;
    }
    var digest = digests.iterator().next();
    if (now == null) {
      return new WantedRevision(digest, null);
    }
    return Objects.equals(now.digest(), digest) ? now : new WantedRevision(digest, now.digest());
  }
}
