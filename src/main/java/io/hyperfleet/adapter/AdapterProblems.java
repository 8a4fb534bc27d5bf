package io.hyperfleet.adapter;

import io.hyperfleet.adapter.AdapterProblem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one adapter's folder. */
final class AdapterProblems {

  private final String adapter;
  private final List<AdapterProblem> list = new ArrayList<>();

  AdapterProblems(String adapter) {
    this.adapter = adapter;
  }

  void error(String file, int line, String key, String message) {
    list.add(new AdapterProblem(adapter, file, line, key, message, Severity.ERROR));
  }

  void error(YamlDocument document, String key, String message) {
    add(document, key, message, Severity.ERROR);
  }

  void warning(YamlDocument document, String key, String message) {
    add(document, key, message, Severity.WARNING);
  }

  void add(YamlDocument document, String key, String message, Severity severity) {
    list.add(new AdapterProblem(adapter, document.file(), document.line(key), key, message, severity));
  }

  boolean hasErrors() {
    return list.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }

  List<AdapterProblem> list() {
    return List.copyOf(list);
  }
}
