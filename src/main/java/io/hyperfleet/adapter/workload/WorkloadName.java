package io.hyperfleet.adapter.workload;

import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.id.Sha256;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of Kubernetes objects and values of labels: at most 63 characters, the same for the same input. */
public final class WorkloadName {

  static final int MAX = 63;
  private static final int HASH = 8;
  private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private WorkloadName() {}

  /**
   * {@code <adapter>-<cluster or node pool id>-gen<generation>}. A name that is too long, or has invalid characters, is
   * shortened and cleaned and gets a hash of the whole.
   */
  public static String of(Owner owner) {
    return dnsLabel(owner.adapter() + "-" + owner.resourceId(), "-gen" + owner.generation());
  }

  /** A text as a name of a Kubernetes object. */
  public static String of(String text) {
    return dnsLabel(text, "");
  }

  /** A text as the value of a label. */
  public static String labelValue(String text) {
    if (text.isEmpty() || text.length() <= MAX && LABEL_VALUE.matcher(text).matches()) {
      return text;
    }
    return dnsLabel(text, "");
  }

  private static String dnsLabel(String text, String suffix) {
    if (text.length() + suffix.length() <= MAX && DNS_LABEL.matcher(text).matches()) {
      return text + suffix;
    }
    String clean = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    int room = MAX - suffix.length() - HASH - 1;
    String kept = (clean.length() <= room ? clean : clean.substring(0, room)).replaceAll("-$", "");
    return (kept.isEmpty() ? "x" : kept) + "-" + Sha256.hex(text + suffix, HASH / 2) + suffix;
  }
}
