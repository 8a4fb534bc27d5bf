package io.hyperfleet.database;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Operation and table of a statement, for metrics. Of several tables, the one that is written counts.
 *
 * @param operation {@code create}, {@code query}, {@code update}, {@code delete} or {@code raw}
 * @param table one of the schema's, or {@code other}
 */
record StatementKind(String operation, String table) {

  static final StatementKind RAW = new StatementKind("raw", "other");
  static final List<String> OPERATIONS = List.of("create", "query", "update", "delete", "raw");

  private static final Set<String> TABLES = Set.of("resources", "resource_schedules", "resource_labels",
      "resource_references",
      "resource_conditions", "adapter_statuses", "outbox");

  private static final List<Form> FORMS = List.of(
      new Form("create", Pattern.compile("\\binsert\\s+into\\s+(\\w+)")),
      new Form("delete", Pattern.compile("\\bdelete\\s+from\\s+(\\w+)")),
      new Form("update", Pattern.compile("\\bupdate\\s+(\\w+)\\s+(?:(?:as\\s+)?\\w+\\s+)?set\\b")),
      new Form("query", Pattern.compile("(?:^\\s*select|\\bfrom)\\s+(\\w+)")));

  private record Form(String operation, Pattern pattern) {}

  static StatementKind of(String sql) {
    var text = sql.toLowerCase(Locale.ROOT);
    for (Form form : FORMS) {
      var words = form.pattern().matcher(text).results().map(found -> found.group(1)).toList();
      if (!words.isEmpty()) {
        return new StatementKind(form.operation(), words.stream().filter(TABLES::contains).findFirst().orElse("other"));
      }
    }
    return RAW;
  }
}
