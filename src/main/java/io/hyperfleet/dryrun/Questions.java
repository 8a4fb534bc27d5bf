package io.hyperfleet.dryrun;

import io.hyperfleet.dryrun.input.InputException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;

/** Asks whoever sits at a terminal for what the command line does not say; elsewhere nobody is asked. */
final class Questions {

  private final BufferedReader answers;

  /**
   * Questions whose answers come from a reader.
   *
   * @param answers a line for each answer; null when there is nobody to ask
   */
  Questions(BufferedReader answers) {
    this.answers = answers;
  }

  /** Questions to whoever has started this process, when its input and its output are a terminal. */
  static Questions ofTerminal() {
    var console = System.console();
    return new Questions(console == null || !isTerminal(console) ? null : new BufferedReader(console.reader()));
  }

  /** From JDK 22 on there is a console without a terminal, too, which says so. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException older) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is somebody to ask. */
  boolean arePossible() {
    return answers != null;
  }

  /**
   * Asks until there is an answer that can be used.
   *
   * @param otherwise what an empty answer stands for; null when there has to be one
   * @param meaning what an answer means
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
        throw new InputException(question + ": there is no answer, the input has ended; nothing was written");
      }
      return line.strip();
    } catch (IOException e) {
      throw new InputException(question + ": there is no answer, the input cannot be read", e);
    }
  }
}
