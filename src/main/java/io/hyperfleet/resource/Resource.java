package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.status.ResourceStatus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A cluster or another resource, as stored.
 *
 * @param owner null for resources of a root kind
 * @param labels by key, sorted
 * @param generation counts changes of what is wanted, from 1
 */
public record Resource(
    UUID id,
    String kind,
    String name,
    String href,
    Owner owner,
    JsonNode spec,
    JsonNode tenancy,
    Map<String, String> labels,
    int generation,
    ResourceStatus status,
    Tracking tracking,
    Audit audit) {

  /** Whether it is being deleted and waits for its adapters. */
  public boolean finalizing() {
    return audit.deletedTime() != null;
  }

  Resource changed(JsonNode newSpec, Map<String, String> newLabels, Instant time, String caller) {
    return new Resource(id, kind, name, href, owner, newSpec, tenancy, newLabels, generation + 1, status, tracking,
        audit.updated(time, caller));
  }

  Resource deleted(Instant time, String caller) {
    return new Resource(id, kind, name, href, owner, spec, tenancy, labels, generation + 1, status, tracking,
        audit.deleted(time, caller));
  }

  Resource with(ResourceStatus newStatus, Tracking newTracking) {
    return new Resource(id, kind, name, href, owner, spec, tenancy, labels, generation, newStatus, newTracking, audit);
  }
}
