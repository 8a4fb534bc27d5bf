package io.hyperfleet.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table whose column widths are taken from the first rows, so that long lists need not be kept. All text is cleaned.
 */
final class TextTable {

  private static final int KEPT = 200;
  private static final String GAP = "   ";

  /** Text with a colour. */
  record Cell(String text, Terminal.Colour colour) {

    Cell(String text, Terminal.Colour colour) {
      this.text = text == null || text.isEmpty() ? "-" : TerminalText.clean(text);
      this.colour = colour;
    }

    static Cell of(String text) {
      return new Cell(text, Terminal.Colour.PLAIN);
    }
  }

  private final PrintWriter out;
  private final Terminal terminal;
  private final int[] widths;
  private List<List<Cell>> kept = new ArrayList<>();

  TextTable(PrintWriter out, Terminal terminal, List<String> titles) {
    this.out = out;
    this.terminal = terminal;
    this.widths = new int[titles.size()];
    add(titles.stream().map(Cell::of).toList());
  }

  void add(List<Cell> row) {
    if (kept == null) {
      print(row);
      return;
    }
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(row.get(i)));
    }
    kept.add(row);
    if (kept.size() > KEPT) {
      end();
    }
  }

  /** Prints the remaining rows. */
  void end() {
    if (kept != null) {
      kept.forEach(this::print);
      kept = null;
    }
    out.flush();
  }

  private void print(List<Cell> row) {
    var line = new StringBuilder();
    int last = widths.length - 1;
    for (int i = 0; i <= last; i++) {
      var cell = row.get(i);
      line.append(terminal.coloured(cell.text(), cell.colour()));
      if (i < last) {
        var blanks = new char[Math.max(0, widths[i] - length(cell))];
        Arrays.fill(blanks, ' ');
        line.append(blanks).append(GAP);
      }
    }
    out.println(line);
  }

  private static int length(Cell cell) {
    return cell.text().codePointCount(0, cell.text().length());
  }
}
