package io.hyperfleet.adapter.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The resource of an event as returned by the API; routes see it as {@code fetched}.
 *
 * @param resource the cluster or node pool, with its reports
 * @param owner the owner of objects in Kubernetes
 * @param time the API's clock
 * @param deleting whether it is being deleted
 * @param own the last report of this adapter
 * @param revision digest of the adapter's revision that the resource follows; empty for that of the folder
 */
public record Fetched(Map<String, Object> resource, Owner owner, ApiTime time, boolean deleting, OwnReport own,
    String revision) {

  private static final String REPORTS = "adapter_statuses";

  /** Whether it is paused, so that nothing is done. */
  public boolean paused() {
    return Boolean.TRUE.equals(resource.get("paused"));
  }

  /** Whether the resource follows another revision than the folder's. */
  public boolean otherRevision() {
    return !revision.isEmpty();
  }

  /** Whether the response included its reports; an API that does not support {@code include} omits them. */
  public boolean hasReports() {
    return resource.get(REPORTS) instanceof List<?>;
  }

  /** A copy with its reports, as listed by {@code GET /statuses}. */
  public Fetched withReports(List<?> reports) {
    Map<String, Object> whole = new HashMap<>(resource);
    whole.put(REPORTS, reports);
    return new Fetched(whole, owner, time, deleting, OwnReport.of(whole, owner.adapter()), revision);
  }

  /** Whether its owner must be fetched too: expressions of a node pool's adapter see both. */
  public boolean hasParent() {
    return !deleting && owner.nodePoolId().isPresent();
  }
}
