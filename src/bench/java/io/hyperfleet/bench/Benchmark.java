package io.hyperfleet.bench;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs the scenario that is named, with the arguments that follow its name, and ends the process with it: threads of
 * the clients' pools would keep it for minutes.
 */
public final class Benchmark {

  private Benchmark() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    try {
      var words = args[0].split(" ");
      Class.forName("io.hyperfleet.bench." + words[0]).getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(words, 1, words.length));
      System.exit(0);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    } catch (ClassNotFoundException e) {
      System.err.println("There is no scenario '" + args[0] + "'; docs/performance.md lists them.");
      System.exit(1);
    }
  }
}
