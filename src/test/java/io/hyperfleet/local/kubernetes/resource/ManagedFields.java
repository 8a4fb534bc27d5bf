package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who owns which fields of one object: {@code metadata.managedFields}, read, changed and written back. */
public final class ManagedFields {

  /** One owner; an operator that both applies and updates is two. */
  public record Owner(String manager, String operation, String apiVersion, String subresource) {
  }

  /** What the server itself sets is nobody's. */
  private static final Set<String> UNOWNED_METADATA = Set.of("name", "namespace", "creationTimestamp", "selfLink",
      "uid", "clusterName", "generation", "managedFields", "resourceVersion", "deletionTimestamp",
      "deletionGracePeriodSeconds", "generateName");

  private final Map<Owner, Set<FieldPath>> fields = new LinkedHashMap<>();
  private final Map<Owner, String> times = new LinkedHashMap<>();

  public static ManagedFields of(JsonNode object) {
    var result = new ManagedFields();
    for (var entry : object.path("metadata").path("managedFields")) {
      var owner = new Owner(Json.text(entry, "manager"), Json.text(entry, "operation"),
          Json.text(entry, "apiVersion"), Json.text(entry, "subresource"));
      var owned = FieldPath.ofFieldsV1(entry.path("fieldsV1"));
      if (!owned.isEmpty()) {
        result.fields.put(owner, owned);
        result.times.put(owner, Json.text(entry, "time"));
      }
    }
    return result;
  }

  /** The part of an object that can be owned. */
  public static ObjectNode ownable(JsonNode object) {
    ObjectNode result = object.deepCopy();
    result.remove(List.of("apiVersion", "kind"));
    if (result.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(UNOWNED_METADATA);
      if (metadata.isEmpty()) {
        result.remove("metadata");
      }
    }
    return result;
  }

  public Set<FieldPath> of(Owner owner) {
    return fields.getOrDefault(owner, Set.of());
  }

  /** Every field that has an owner. */
  public Set<FieldPath> all() {
    return fields.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
  }

  public void set(Owner owner, Set<FieldPath> owned) {
    if (owned.isEmpty()) {
      fields.remove(owner);
    } else if (!owned.equals(fields.put(owner, new TreeSet<>(owned)))) {
      times.put(owner, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }

  /** Who else owns fields that a change touched. */
  public Map<Owner, Set<FieldPath>> conflicts(Owner writer, Set<FieldPath> touched) {
    var result = new LinkedHashMap<Owner, Set<FieldPath>>();
    fields.forEach((owner, owned) -> {
      var common = new TreeSet<>(owned);
      common.retainAll(touched);
      if (!owner.equals(writer) && !common.isEmpty()) {
        result.put(owner, common);
      }
    });
    return result;
  }

  /** Takes fields from everybody but {@code keeper}, who may be null. */
  public void disown(Owner keeper, Set<FieldPath> paths) {
    List.copyOf(fields.keySet()).stream().filter(owner -> !owner.equals(keeper)).forEach(owner -> {
      var left = new TreeSet<>(fields.get(owner));
      if (left.removeAll(paths)) {
        set(owner, left);
      }
    });
  }

  /** Records an update: its writer owns what it changed, and nobody owns what is gone. */
  public void update(Owner writer, FieldTree tree, JsonNode before, JsonNode after) {
    var old = tree.flatten(ownable(before));
    var now = tree.flatten(ownable(after));
    var touched = now.keySet().stream().filter(path -> !Objects.equals(old.get(path), now.get(path)))
        .collect(Collectors.toCollection(TreeSet::new));
    var gone = new TreeSet<>(old.keySet());
    gone.removeAll(now.keySet());
    disown(null, gone);
    disown(writer, touched);
    var mine = new TreeSet<>(of(writer));
    mine.addAll(touched);
    set(writer, mine);
  }

  public void writeTo(ObjectNode object) {
    var metadata = Json.metadata(object);
    metadata.remove("managedFields");
    if (fields.isEmpty()) {
      return;
    }
    var list = metadata.putArray("managedFields");
    fields.forEach((owner, owned) -> {
      var entry = list.addObject().put("apiVersion", owner.apiVersion()).put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", FieldPath.toFieldsV1(owned));
      entry.put("manager", owner.manager()).put("operation", owner.operation());
      if (!owner.subresource().isEmpty()) {
        entry.put("subresource", owner.subresource());
      }
      entry.put("time", times.getOrDefault(owner, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    });
  }

  public String describe(Owner owner) {
    var text = "\"" + owner.manager() + "\"";
    if (!owner.subresource().isEmpty()) {
      text += " with subresource \"" + owner.subresource() + "\"";
    }
    return owner.operation().equals("Apply")
        ? text
        : text + " using " + owner.apiVersion() + " at " + times.get(owner);
  }
}
