package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.outbox.OutboxEntry;
import java.util.UUID;

/** Creates events of resources. They name the resource, not the change: adapters fetch it. */
public final class ResourceEvents {

  public static final String CREATED = "created";
  public static final String GENERATION_CHANGED = "generation-changed";
  public static final String DELETED = "deleted";
  public static final String CHILD_REMOVED = "child-removed";
  public static final String RESUMED = "resumed";
  public static final String RETRY_REQUESTED = "retry-requested";
  public static final String ADAPTER_PROGRESS = "adapter-progress";

  private ResourceEvents() {}

  static OutboxEntry of(Kind kind, Resource resource, String reason, OutboxEntry.Source source) {
    return new OutboxEntry(UuidV7.next(), kind.name(), resource.id().toString(), kind.eventType(),
        resource.generation(), reason, source,
        data(kind, resource.id(), resource.href(), resource.generation(), resource.owner()));
  }

  /** The data of an event; a resource that belongs to another one names it. */
  public static ObjectNode data(Kind kind, UUID id, String href, int generation, ObjectReference owner) {
    var data = JsonNodeFactory.instance.objectNode()
        .put("id", id.toString())
        .put("kind", kind.name())
        .put("href", href)
        .put("generation", generation);
    if (owner != null) {
      data.putObject("owner_references")
          .put("id", owner.id().toString())
          .put("kind", owner.kind())
          .put("href", owner.href());
    }
    return data;
  }
}
