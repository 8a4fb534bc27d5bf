package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a commit says (docs/gitops.md): one event has its own line as its subject; several share a subject that counts
 * them, and each has its line in the body. Trailers at the end hold what programs look for.
 */
public final class CommitMessages {

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  private CommitMessages() {}

  /** The message of a commit of these events, one or more of one actor and operation. */
  public static String of(List<GitOpsEvent> events) {
    var first = events.get(0);
    var text = new StringBuilder();
    if (events.size() == 1) {
      text.append(oneLine(first.line())).append("\n\n");
    } else {
      text.append('[').append(first.operation()).append("] ").append(events.size()).append(" resources by ")
          .append(first.actor()).append("\n\n");
      events.forEach(event -> text.append(oneLine(event.line())).append('\n'));
      text.append('\n');
    }
    text.append("Operation: ").append(first.operation()).append('\n');
    if (events.size() == 1) {
      text.append("Resource-Key: ").append(oneLine(first.identifier().key())).append('\n');
    }
    text.append("Event-Time: ")
        .append(events.stream().map(GitOpsEvent::timestamp).max(Instant::compareTo).orElseThrow())
        .append('\n');
    trailers(events).forEach(
        (name, values) -> values.forEach(value -> text.append(name).append(": ").append(oneLine(value)).append('\n')));
    return text.toString();
  }

  /** Roles may have names of several lines, which would be read as trailers. */
  private static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll(" ");
  }

  private static Map<String, TreeSet<String>> trailers(List<GitOpsEvent> events) {
    var trailers = new TreeMap<String, TreeSet<String>>();
    events.forEach(event -> event.trailers()
        .forEach((name, value) -> trailers.computeIfAbsent(name, missing -> new TreeSet<>()).add(value)));
    return trailers;
  }
}
