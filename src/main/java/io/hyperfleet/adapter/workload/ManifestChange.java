package io.hyperfleet.adapter.workload;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether an object still matches its manifest: by the digest of the last applied manifest, in an annotation, and by
 * the fields, to detect drift. Quantities are compared by value ({@code 0.5} equals {@code 500m}). Fields and items
 * that others add are ignored.
 */
public final class ManifestChange {

  private ManifestChange() {}

  /** Whether the object was created from another manifest; false if it has no digest. */
  static boolean differs(Map<String, ?> object, String digest) {
    var applied = annotation(object, OwnerLabels.MANIFEST_DIGEST);
    return !applied.isEmpty() && !applied.equals(digest);
  }

  /**
   * Whether applying the manifest would change nothing.
   *
   * @param manager who applies it
   */
  static boolean isApplied(Map<String, ?> manifest, Map<String, ?> object, String manager) {
    var owned = OwnedFields.of(object, manager);
    return annotation(manifest, OwnerLabels.MANIFEST_DIGEST).equals(annotation(object, OwnerLabels.MANIFEST_DIGEST))
        && manifest.entrySet().stream().filter(entry -> !entry.getKey().equals("status"))
            .allMatch(entry -> holds(entry.getValue(), object.get(entry.getKey()), owned.field(entry.getKey()),
                QuantityField.ROOT.field(entry.getKey())));
  }

  static String annotation(Map<String, ?> object, String name) {
    return object.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("annotations") instanceof Map<?, ?> annotations
        && annotations.get(name) instanceof String text ? text : "";
  }

  /** The server adds fields and omits empty ones. */
  private static boolean holds(Object wanted, Object there, OwnedFields owned, QuantityField quantity) {
    if (there == null) {
      return isEmpty(wanted) && isLeftOut(wanted, owned);
    }
    if (wanted instanceof Map<?, ?> map) {
      return there instanceof Map<?, ?> found && map.entrySet().stream()
          .allMatch(entry -> holds(entry.getValue(), found.get(entry.getKey()), owned.field((String) entry.getKey()),
              quantity.field((String) entry.getKey())));
    }
    if (wanted instanceof List<?> list) {
      return there instanceof List<?> found && holds(list, found, owned, quantity);
    }
    if (wanted instanceof Number number && there instanceof Number found) {
      return number.doubleValue() == found.doubleValue();
    }
    return wanted == null || wanted.equals(there) || quantity.isSame(wanted, there);
  }

  private static boolean holds(List<?> wanted, List<?> there, OwnedFields owned, QuantityField quantity) {
    if (owned.isKeyed()) {
      return wanted.stream().allMatch(item -> item instanceof Map<?, ?> map && owned.item(map)
          .map(known -> known.in(there).map(found -> holds(map, found, known.fields(), quantity)).orElse(false))
          .orElse(false));
    }
    if (owned.isSet()) {
      return there.containsAll(wanted);
    }
    if (there.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!holds(wanted.get(i), there.get(i), owned, quantity)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the server omitted an empty field, which then is still owned, rather than someone having removed it. For
   * Kubernetes' own kinds an empty list equals none.
   */
  private static boolean isLeftOut(Object wanted, OwnedFields owned) {
    if (wanted instanceof Map<?, ?> map && !map.isEmpty()) {
      return map.entrySet().stream()
          .allMatch(entry -> isLeftOut(entry.getValue(), owned.field((String) entry.getKey())));
    }
    return wanted == null || owned.isOwned() || wanted instanceof Collection<?> && !owned.tellsEmptyLists();
  }

  private static boolean isEmpty(Object value) {
    return value == null || "".equals(value) || Boolean.FALSE.equals(value)
        || value instanceof Number number && number.doubleValue() == 0
        || value instanceof Collection<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.values().stream().allMatch(ManifestChange::isEmpty);
  }
}
