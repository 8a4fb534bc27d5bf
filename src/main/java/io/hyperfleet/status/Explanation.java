package io.hyperfleet.status;

import com.google.common.base.Utf8;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Explains why a resource is, or is not, Reconciled: one or two sentences, the most important first, at most 1,000
 * bytes. Times in it are absolute. It changes only with a state or a reason, so that a report without news does not
 * change it, even if the report's own message differs.
 */
final class Explanation {

  static final int MOST_BYTES = 1000;
  /** Of one adapter's own message, so that others have room. */
  private static final int MOST_CHARACTERS = 300;
  /** How the message of earlier releases begins, which said less. */
  private static final String EARLIER = "Not ";

  private final Evidence evidence;
  private final Map<String, AdapterStanding> standings = new TreeMap<>();

  private Explanation(Evidence evidence) {
    this.evidence = evidence;
    evidence.required().forEach(adapter -> standings.put(adapter,
        AdapterStanding.of(adapter, evidence.reports().get(adapter), evidence)));
  }

  /**
   * The message of Reconciled.
   *
   * @param waiting whether only the resources that it owns are waited for
   */
  static String of(Evidence evidence, boolean done, boolean waiting) {
    var wanted = evidence.deleting() ? "Finalized" : "Available";
    if (done && !evidence.circumstances().paused()) {
      return waiting
          ? "Waiting for its owned resources to be deleted"
          : "Every required adapter is " + wanted + " at generation " + evidence.generation();
    }
    var explanation = new Explanation(evidence);
    var before = evidence.previous(Aggregation.RECONCILED);
    return before != null && explanation.isUnchanged(before) ? before.message() : cut(explanation.text(waiting));
  }

  /** Whether nothing but the words of one report, or nothing at all, has changed since the message was written. */
  private boolean isUnchanged(Condition condition) {
    var before = evidence.circumstances().before();
    var message = condition.message();
    if (before == null || message == null || message.startsWith(EARLIER) || condition.holds()
        || condition.observedGeneration() != evidence.generation()) {
      return false;
    }
    var standing = standings.get(before.adapter());
    return (standing == null || standing.equals(AdapterStanding.of(before.adapter(), before, evidence)))
        && evidence.circumstances().paused() == message.startsWith("Paused ")
        && standings.entrySet().stream().filter(other -> other.getValue().is() == AdapterStanding.Is.SUSPENDED)
            .allMatch(other -> message.contains(other.getKey()))
        && message.contains(" suspended") == standings.values().stream()
            .anyMatch(other -> other.is() == AdapterStanding.Is.SUSPENDED);
  }

  private String text(boolean waiting) {
    var failures = new ArrayList<String>();
    var others = new EnumMap<AdapterStanding.Is, Map<String, List<String>>>(AdapterStanding.Is.class);
    standings.forEach((adapter, standing) -> {
      if (standing.is() == AdapterStanding.Is.FAILED) {
        failures.add(adapter + " " + failure(adapter, standing));
      } else if (standing.is() != AdapterStanding.Is.DONE) {
        others.computeIfAbsent(standing.is(), is -> new LinkedHashMap<>())
            .computeIfAbsent(predicate(standing), text -> new ArrayList<>()).add(adapter);
      }
    });
    var rest = new ArrayList<String>();
    others.values().forEach(group -> group.forEach((text, adapters) -> rest.add(clause(adapters, text))));
    var sentences = new ArrayList<String>();
    var circumstances = evidence.circumstances();
    if (circumstances.paused()) {
      sentences.add("Paused by " + circumstances.pausedBy() + " since " + circumstances.pausedTime());
    }
    if (!failures.isEmpty()) {
      sentences.add(String.join("; ", failures));
    }
    if (!rest.isEmpty()) {
      sentences.add(String.join("; ", rest));
    }
    if (waiting) {
      sentences.add("Waiting for its owned resources to be deleted");
    }
    var text = new StringBuilder();
    sentences.forEach(sentence -> text.append(text.isEmpty() ? "" : " ").append(sentence)
        .append(sentence.endsWith(".") || sentence.endsWith("...") ? "" : "."));
    return text.toString();
  }

  private String failure(String adapter, AdapterStanding standing) {
    var report = evidence.reports().get(adapter);
    var condition = report.condition(evidence.deleting() ? ReportedCondition.HEALTH : ReportedCondition.AVAILABLE);
    var reason = standing.reason() == null || standing.reason().isBlank() ? "" : " with " + standing.reason();
    var message = condition == null || condition.message() == null
        ? ""
        : condition.message().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return "failed" + reason + (message.isEmpty() ? "" : ": " + shorten(message));
  }

  /** In the singular; {@link #clause} turns it into the plural. */
  private String predicate(AdapterStanding standing) {
    return switch (standing.is()) {
      case SUSPENDED -> "is suspended";
      case RETRYING -> "is to run " + standing.detail();
      case SILENT -> "has not reported on generation " + evidence.generation() + ", created "
          + standing.since();
      case WAITING -> "waits for "
          + (standing.detail() == null ? "its preconditions" : '"' + shorten(standing.detail()) + '"');
      default -> (evidence.deleting() ? "is cleaning up" : "is in progress")
          + (standing.reason() == null ? "" : " (" + standing.reason() + ")")
          + (standing.since() == null ? "" : " since " + standing.since());
    };
  }

  private static String clause(List<String> adapters, String predicate) {
    if (adapters.size() == 1) {
      return adapters.get(0) + " " + predicate;
    }
    var last = adapters.size() - 1;
    return String.join(", ", adapters.subList(0, last)) + " and " + adapters.get(last) + " "
        + predicate.replaceFirst("^is ", "are ").replaceFirst("^has ", "have ").replaceFirst("^waits ", "wait ");
  }

  private static String shorten(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, whole(text, MOST_CHARACTERS - 3)) + "...";
  }

  private static String cut(String text) {
    if (bytes(text) <= MOST_BYTES) {
      return text;
    }
    int end = Math.min(text.length(), MOST_BYTES - 3);
    while (bytes(text.substring(0, whole(text, end))) > MOST_BYTES - 3) {
      end--;
    }
    return text.substring(0, whole(text, end)) + "...";
  }

  /** An end that halves no character. */
  private static int whole(String text, int end) {
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  private static int bytes(String text) {
    return Utf8.encodedLength(text);
  }
}
