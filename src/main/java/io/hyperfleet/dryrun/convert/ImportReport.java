package io.hyperfleet.dryrun.convert;

import java.util.ArrayList;
import java.util.List;

/** The result of importing each part of an adapter. */
public final class ImportReport {

  /**
   * A line of it.
   *
   * @param part path of the part in its files
   * @param became its counterpart, or why there is none
   * @param todo whether manual work is left
   */
  public record Line(String part, String became, boolean todo) {}

  private final List<Line> lines = new ArrayList<>();

  void became(String part, String what) {
    lines.add(new Line(part, what, false));
  }

  void todo(String part, String what) {
    lines.add(new Line(part, what, true));
  }

  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Remaining manual work. */
  public List<Line> todos() {
    return lines.stream().filter(Line::todo).toList();
  }
}
