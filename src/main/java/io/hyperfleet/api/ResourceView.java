package io.hyperfleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.resource.ObjectReference;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.ResourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A resource in responses; with reports only if requested. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResourceView(
    UUID id,
    String kind,
    String href,
    String name,
    int generation,
    Map<String, String> labels,
    JsonNode spec,
    JsonNode tenancy,
    ObjectReference ownerReferences,
    Map<String, List<ObjectReference>> references,
    Instant createdTime,
    Instant updatedTime,
    String createdBy,
    String updatedBy,
    Instant deletedTime,
    String deletedBy,
    Boolean paused,
    Instant pausedTime,
    String pausedBy,
    ResourceStatus status,
    List<AdapterStatus> adapterStatuses) {

  static ResourceView of(Resource resource, List<AdapterStatus> reports) {
    var audit = resource.audit();
    return new ResourceView(resource.id(), resource.kind(), resource.href(), resource.name(), resource.generation(),
        resource.labels().isEmpty() ? null : resource.labels(), resource.spec(), resource.tenancy(), resource.owner(),
        resource.references().isEmpty() ? null : resource.references(),
        audit.createdTime(), audit.updatedTime(), audit.createdBy(), audit.updatedBy(), audit.deletedTime(),
        audit.deletedBy(), resource.paused() ? true : null, audit.pausedTime(), audit.pausedBy(), resource.status(),
        reports);
  }
}
