package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.status.ResourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A cluster or another resource, as stored.
 *
 * @param owner null for resources of a root kind
 * @param labels by key, sorted
 * @param references its references by type, sorted
 * @param generation number of its desired state, from 1
 */
public record Resource(
    UUID id,
    String kind,
    String name,
    String href,
    ObjectReference owner,
    JsonNode spec,
    JsonNode tenancy,
    Map<String, String> labels,
    Map<String, List<ObjectReference>> references,
    int generation,
    ResourceStatus status,
    Tracking tracking,
    Audit audit) {

  /** Whether it is being deleted and waits for its adapters. */
  public boolean finalizing() {
    return audit.deletedTime() != null;
  }

  /** Whether it is paused. */
  public boolean paused() {
    return audit.pausedTime() != null;
  }

  /** The variables for expressions. */
  public ObjectNode describe() {
    var description = JsonNodeFactory.instance.objectNode()
        .put("id", id.toString()).put("kind", kind).put("name", name).put("href", href)
        .put("generation", generation)
        .put("created_time", audit.createdTime().toString())
        .put("updated_time", audit.updatedTime().toString());
    if (finalizing()) {
      description.put("deleted_time", audit.deletedTime().toString());
    }
    description.set("spec", spec);
    labels.forEach(description.putObject("labels")::put);
    return description;
  }

  boolean ownedBy(UUID id) {
    return owner != null && owner.id().equals(id);
  }

  Resource changed(JsonNode newSpec, Map<String, String> newLabels, Map<String, List<ObjectReference>> newReferences,
      Instant time, String caller) {
    return new Resource(id, kind, name, href, owner, newSpec, tenancy, newLabels, newReferences, generation + 1, status,
        tracking, audit.updated(time, caller));
  }

  /** Marked for deletion, without references. */
  Resource deleted(Instant time, String caller) {
    return new Resource(id, kind, name, href, owner, spec, tenancy, labels, Map.of(), generation + 1, status, tracking,
        audit.deleted(time, caller));
  }

  /** Paused by a user, or with nulls resumed. */
  Resource paused(Instant time, String caller) {
    return new Resource(id, kind, name, href, owner, spec, tenancy, labels, references, generation, status, tracking,
        audit.paused(time, caller));
  }

  Resource with(ResourceStatus newStatus, Tracking newTracking) {
    return new Resource(id, kind, name, href, owner, spec, tenancy, labels, references, generation, newStatus,
        newTracking, audit);
  }
}
