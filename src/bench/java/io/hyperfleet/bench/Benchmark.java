package io.hyperfleet.bench;

import java.lang.reflect.InvocationTargetException;

/** Runs the scenario that is named and ends the process with it: threads of the clients' pools would keep it for minutes. */
public final class Benchmark {

  private Benchmark() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    try {
      Class.forName("io.hyperfleet.bench." + args[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
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
