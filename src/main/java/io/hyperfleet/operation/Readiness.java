package io.hyperfleet.operation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Runs all checks of this process concurrently, so that a probe waits only for the slowest one, and at most
 * {@link ReadinessCheck#LIMIT}.
 */
@Component
class Readiness implements DisposableBean {

  /** Dependencies of other checks come first, so that the root cause is named. */
  private static final List<String> ORDER = List.of("routes", "database", "schema", "broker", "api", "kubernetes",
      "leader", "adapters", "gitops", "sentinel_poll");

  private final List<RunningCheck> checks;
  private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
    var thread = new Thread(task, "readiness");
    thread.setDaemon(true);
    // Otherwise Tomcat reports it as a leaked thread.
    thread.setContextClassLoader(Readiness.class.getClassLoader());
    return thread;
  });

  Readiness(List<ReadinessCheck> checks) {
    this.checks = checks.stream()
        .sorted(Comparator.comparingInt(Readiness::position).thenComparing(ReadinessCheck::name))
        .map(RunningCheck::new)
        .toList();
  }

  private static int position(ReadinessCheck check) {
    int position = ORDER.indexOf(check.name());
    return position < 0 ? ORDER.size() : position;
  }

  /** The answers by the names of the checks, dependencies first. */
  Map<String, String> ask() {
    long deadline = System.nanoTime() + ReadinessCheck.LIMIT.toNanos();
    var pending = checks.stream().map(check -> check.start(executor)).toList();
    var answers = new LinkedHashMap<String, String>();
    for (int i = 0; i < checks.size(); i++) {
      var check = checks.get(i);
      answers.merge(check.name(), check.await(pending.get(i), deadline), Readiness::both);
    }
    return answers;
  }

  private static String both(String first, String second) {
    if (first.equals(second) || ReadinessCheck.OK.equals(second)) {
      return first;
    }
    return ReadinessCheck.OK.equals(first) ? second : first + "; " + second;
  }

  @Override
  public void destroy() {
    executor.shutdownNow();
  }
}
