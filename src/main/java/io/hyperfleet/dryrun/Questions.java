package io.hyperfleet.dryrun;

import io.hyperfleet.dryrun.input.InputException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;

/** Prompts for missing options at a terminal. */
final class Questions {

  private final BufferedReader answers;

  /**
   * Questions whose answers come from a reader.
   *
   * @param answers a line for each answer; null without a terminal
   */
  Questions(BufferedReader answers) {
    this.answers = answers;
  }

  /** Questions at this process's terminal, if its input and output are one. */
  static Questions ofTerminal() {
    var console = System.console();
    return new Questions(console == null || !isTerminal(console) ? null : new BufferedReader(console.reader()));
  }

  /** Since JDK 22 there is a console even without a terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException older) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is a terminal. */
  boolean arePossible() {
    return answers != null;
  }

  /**
   * Asks until the answer is valid.
   *
   * @param otherwise default for an empty answer; null if required
   * @param meaning parses an answer
   * @throws InputException when the input ends before
   */
  <T> T ask(PrintWriter out, String question, String otherwise, Function<String, T> meaning) {
    while (true) {
      out.print(question + (otherwise == null || otherwise.isEmpty() ? "" : " [" + otherwise + "]") + ": ");
      out.flush();
      var answer = line(question);
      if (answer.isEmpty() && otherwise == null) {
        continue;
      }
      try {
        return meaning.apply(answer.isEmpty() ? otherwise : answer);
      } catch (InputException e) {
        out.println(e.getMessage());
      }
    }
  }

  private String line(String question) {
    try {
      var line = answers.readLine();
      if (line == null) {
        throw new InputException(question + ": no answer, end of input; nothing was written");
      }
      return line.strip();
    } catch (IOException e) {
      throw new InputException(question + ": no answer, the input cannot be read", e);
    }
  }
}
