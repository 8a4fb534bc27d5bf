package io.hyperfleet.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The input of the aggregation.
 *
 * @param generation the resource's current generation
 * @param reference the resource's updated time
 * @param deleting whether it is being deleted
 * @param children whether it still owns other resources in any state
 * @param required the adapters that count, in configured order
 * @param reports all stored reports by adapter
 * @param previous the status before, or null for a new resource
 * @param circumstances further facts for the explanation
 */
public record Evidence(
    int generation,
    Instant reference,
    boolean deleting,
    boolean children,
    List<String> required,
    Map<String, AdapterStatus> reports,
    ResourceStatus previous,
    Circumstances circumstances) {

  Condition previous(String type) {
    return previous == null
        ? null
        : previous.conditions().stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
  }

  /** The last definitive words of the required adapters that have one. */
  List<LastDefinitive> words() {
    return required.stream().map(this::word).filter(word -> word != null).toList();
  }

  LastDefinitive word(String adapter) {
    var report = reports.get(adapter);
    return report == null ? null : report.lastDefinitive();
  }

  /** Whether an adapter has completed the current generation. */
  boolean done(String adapter) {
    var report = reports.get(adapter);
    return report != null && done(report);
  }

  /** Whether a report confirms that. */
  boolean done(AdapterStatus report) {
    return deleting ? report.finalizedAt(generation) : report.availableAt(generation);
  }
}
