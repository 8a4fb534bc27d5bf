package io.hyperfleet.adapter.folder;

import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one adapter's folder. */
public final class AdapterProblems {

  private final String adapter;
  private final List<AdapterProblem> list = new ArrayList<>();

  public AdapterProblems(String adapter) {
    this.adapter = adapter;
  }

  public void error(String file, int line, String key, String message) {
    list.add(new AdapterProblem(adapter, file, line, key, message, Severity.ERROR));
  }

  /** The position of a key for reports, {@code folder/file:line: key}, independent of where the folder is mounted. */
  public String place(YamlDocument document, String key) {
    var file = document.file();
    int folder = file.lastIndexOf('/', file.lastIndexOf('/') - 1);
    return file.substring(folder + 1) + ":" + document.line(key) + ": " + key;
  }

  public void error(YamlDocument document, String key, String message) {
    add(document, key, message, Severity.ERROR);
  }

  public void warning(YamlDocument document, String key, String message) {
    add(document, key, message, Severity.WARNING);
  }

  public void add(YamlDocument document, String key, String message, Severity severity) {
    list.add(new AdapterProblem(adapter, document.file(), document.line(key), key, message, severity));
  }

  public boolean hasErrors() {
    return list.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }

  public List<AdapterProblem> list() {
    return List.copyOf(list);
  }
}
