package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.FieldPath;
import io.hyperfleet.local.kubernetes.resource.FieldTree;
import io.hyperfleet.local.kubernetes.resource.ManagedFields.Owner;
import io.hyperfleet.local.kubernetes.resource.ManagedFields;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Server-side apply, as kubernetes.io/docs/reference/using-api/server-side-apply describes it: the configuration is
 * merged, what its manager named before and does not name now is removed, and a value that another manager owns is a
 * conflict unless the caller forces it.
 */
final class ServerSideApply {

  private ServerSideApply() {
  }

  /** The live object (empty when there is none yet) after the configuration was applied, managed fields included. */
  static ObjectNode apply(ResourceType type, ObjectNode live, ObjectNode config, WriteOptions options) {
    var tree = new FieldTree(type.mergeRules());
    var owner = options.owner(type);
    var owners = ManagedFields.of(live);
    var before = owners.of(owner);
    var wanted = owned(type, config, options.subresource());
    owners.set(owner, new TreeSet<>(tree.flatten(wanted).keySet()));

    var result = (ObjectNode) tree.merge(live, wanted);
    result.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    var dropped = new TreeSet<>(before);
    dropped.removeAll(owners.all());
    tree.prune(result, dropped, owners.all());

    settle(tree, live, result, owners, owner, options.force());
    owners.writeTo(result);
    return result;
  }

  private static ObjectNode owned(ResourceType type, ObjectNode config, String subresource) {
    var result = ManagedFields.ownable(config);
    if (!subresource.isEmpty()) {
      result.retain("status");
    } else if (type.status()) {
      result.remove("status");
    }
    return result;
  }

  private static void settle(FieldTree tree, ObjectNode live, ObjectNode result, ManagedFields owners, Owner owner,
      boolean force) {
    var old = tree.flatten(ManagedFields.ownable(live));
    var now = tree.flatten(ManagedFields.ownable(result));
    var touched = now.keySet().stream().filter(path -> !Objects.equals(old.get(path), now.get(path)))
        .collect(Collectors.toCollection(TreeSet::new));
    var conflicts = owners.conflicts(owner, touched);
    if (!conflicts.isEmpty() && !force) {
      throw conflict(owners, conflicts);
    }
    conflicts.values().forEach(paths -> owners.disown(owner, paths));
    var gone = new TreeSet<>(old.keySet());
    gone.removeAll(now.keySet());
    owners.disown(null, gone);
  }

  private static ApiError conflict(ManagedFields owners, Map<Owner, Set<FieldPath>> conflicts) {
    var causes = new ArrayList<ApiError.Cause>();
    var byManager = new TreeMap<String, List<String>>();
    conflicts.forEach((owner, paths) -> paths.forEach(path -> {
      var manager = owners.describe(owner);
      causes.add(new ApiError.Cause("FieldManagerConflict", "conflict with " + manager, path.toString()));
      byManager.computeIfAbsent(manager, key -> new ArrayList<>()).add(path.toString());
    }));
    if (causes.size() == 1) {
      var only = causes.get(0);
      return ApiError.applyConflict("Apply failed with 1 conflict: %s: %s".formatted(only.message(), only.field()),
          causes);
    }
    var text = byManager.entrySet().stream()
        .map(entry -> "conflicts with " + entry.getKey() + ":\n- " + String.join("\n- ", entry.getValue()))
        .collect(Collectors.joining("\n"));
    return ApiError.applyConflict("Apply failed with %d conflicts: %s".formatted(causes.size(), text), causes);
  }
}
