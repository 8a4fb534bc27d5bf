package io.hyperfleet.dryrun.lint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Something that this version would reject.
 *
 * @param kind kind of the stored resource; empty for a file
 * @param id id of the stored resource; empty for a file
 * @param adapter name of the adapter
 * @param file file and line; empty for a report
 * @param path the key in the manifest or definition; empty for the whole
 * @param message what is wrong and what is allowed
 */
public record Refusal(String kind, String id, String adapter, String file, String path, String message) {

  /** The keys that are not empty. */
  public Map<String, String> json() {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("kind", kind);
    json.put("id", id);
    json.put("adapter", adapter);
    json.put("file", file);
    json.put("path", path);
    json.put("message", message);
    json.values().removeIf(String::isEmpty);
    return json;
  }

  /** One line, with untrusted text cleaned. */
  @Override
  public String toString() {
    var words = new StringJoiner(": ");
    if (!id.isEmpty()) {
      words.add(kind + " " + id);
      words.add("adapter " + adapter);
    }
    for (String word : new String[]{file, path, message}) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words.toString().replaceAll("\\p{C}", "?");
  }
}
