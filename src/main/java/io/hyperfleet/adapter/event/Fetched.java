package io.hyperfleet.adapter.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The resource of an event as the API answered it; routes see it as {@code fetched}.
 *
 * @param resource the cluster or node pool, with the reports about it
 * @param owner for whom objects in Kubernetes are made
 * @param time the API's clock
 * @param deleting whether it is being deleted
 * @param own what this adapter reported last
 * @param revision the digest by which the adapter is to act on it; empty where that is the folder's
 */
public record Fetched(Map<String, Object> resource, Owner owner, ApiTime time, boolean deleting, OwnReport own,
    String revision) {

  private static final String REPORTS = "adapter_statuses";

  /** Whether somebody has paused it: then nothing is done about it. */
  public boolean paused() {
    return Boolean.TRUE.equals(resource.get("paused"));
  }

  /** Whether it follows another revision than the folder's. */
  public boolean otherRevision() {
    return !revision.isEmpty();
  }

  /** Whether the answer had the reports about it; an API that does not know {@code include} leaves them out. */
  public boolean hasReports() {
    return resource.get(REPORTS) instanceof List<?>;
  }

  /** The same with the reports about it, as {@code GET /statuses} lists them. */
  public Fetched withReports(List<?> reports) {
    Map<String, Object> whole = new HashMap<>(resource);
    whole.put(REPORTS, reports);
    return new Fetched(whole, owner, time, deleting, OwnReport.of(whole, owner.adapter()), revision);
  }

  /** Whether the cluster that owns it has to be fetched too: expressions of a node pool's adapter see both. */
  public boolean hasParent() {
    return !deleting && owner.nodePoolId().isPresent();
  }
}
