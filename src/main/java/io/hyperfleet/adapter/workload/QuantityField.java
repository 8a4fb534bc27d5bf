package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a field of a manifest holds a quantity, which Kubernetes stores in a spelling of its own: {@code 0.1} as
 * {@code 100m}, {@code 0.5Gi} as {@code 512Mi}. No schema is asked: fields of these names hold quantities in all kinds
 * that come with Kubernetes, and below what holds anybody's texts there are none.
 */
enum QuantityField {

  /** Not yet known. */
  ROOT,
  /** A quantity, or what holds quantities. */
  QUANTITY,
  /** Of a metric that is scaled by, whose value is a quantity. */
  TARGET,
  /** Texts by anybody's keys. */
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
