package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a field of a manifest is a quantity, which Kubernetes stores in canonical form: {@code 0.1} as {@code 100m},
 * {@code 0.5Gi} as {@code 512Mi}. Decided by field names, which are unambiguous in all built-in kinds, except in maps
 * with free-form keys.
 */
enum QuantityField {

  /** Not yet known. */
  ROOT,
  /** A quantity, or a map of quantities. */
  QUANTITY,
  /** Target of a scaling metric, whose value is a quantity. */
  TARGET,
  /** A map with free-form keys. */
  TEXT;

  private static final Set<String> QUANTITIES = Set.of("requests", "limits", "hard", "capacity", "allocatable",
      "allocatedResources",
      "podFixed", "sizeLimit", "divisor", "averageValue", "maximumVolumeSize");
  private static final Set<String> TEXTS = Set.of("data", "stringData", "binaryData", "labels", "annotations",
      "matchLabels",
      "nodeSelector", "selector", "parameters", "volumeAttributes");
  private static final Pattern NUMBER = Pattern
      .compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\\d{1,3})?");
  private static final int LONGEST = 40;

  /** What the field of that name is. */
  QuantityField field(String name) {
    if (this == TEXT || this == QUANTITY) {
      return this;
    }
    if (TEXTS.contains(name)) {
      return TEXT;
    }
    return QUANTITIES.contains(name) || this == TARGET && name.equals("value")
        ? QUANTITY
        : name.equals("target") ? TARGET : ROOT;
  }

  /** Whether two spellings are of one quantity, where a quantity is expected. */
  boolean isSame(Object wanted, Object there) {
    return this == QUANTITY && isQuantity(wanted) && isQuantity(there)
        && amount(wanted).compareTo(amount(there)) == 0;
  }

  private static boolean isQuantity(Object value) {
    return (value instanceof String || value instanceof Number) && value.toString().length() <= LONGEST
        && NUMBER.matcher(value.toString()).matches();
  }

  private static BigDecimal amount(Object value) {
    return Quantity.getAmountInBytes(new Quantity(value.toString()));
  }
}
