package io.hyperfleet.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Whom a report says that something is to blame on. */
final class Blame {

  private static final Set<String> PLATFORM = Set.of("KubernetesAPIFailure", "AdapterError");

  private static final Pattern OWN = Pattern
      .compile("The API rejected the adapter's report|The adapter's data cannot be reported");

  private Blame() {}

  /** Whether a report says that the platform has failed, which it has not. */
  static boolean ofPlatform(JsonNode report) {
    return report != null && StreamSupport.stream(report.path("conditions").spliterator(), false)
        .anyMatch(condition -> PLATFORM.contains(condition.path("reason").asText())
            // What an adapter wanted to report may be too much: that is its own fault, and said so.
            && !OWN.matcher(condition.path("message").asText()).lookingAt());
  }

  /** Whether no condition of a report that something is wrong has a message. */
  static boolean isSilent(JsonNode report) {
    return StreamSupport.stream(report.path("conditions").spliterator(), false)
        .noneMatch(condition -> condition.path("message").asText().length() > 10);
  }

  /** The conditions in one line, with the first message. */
  static String conditions(JsonNode report) {
    return StreamSupport.stream(report.path("conditions").spliterator(), false)
        .map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText() + " "
            + condition.path("reason").asText())
        .collect(Collectors.joining(", ")) + ": "
        + report.at("/conditions/0/message").asText().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID");
  }
}
