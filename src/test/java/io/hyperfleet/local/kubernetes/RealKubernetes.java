package io.hyperfleet.local.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import org.junit.jupiter.api.Assumptions;

/**
 * The cluster that {@code KUBECONFIG} names, for tests that {@code -Pkubernetes} runs; without one they are skipped,
 * and say so.
 */
public final class RealKubernetes {

  private RealKubernetes() {
  }

  /** How to reach it; skips the test where there is none. */
  public static Config config() {
    var file = System.getenv("KUBECONFIG");
    if (file == null || file.isBlank()) {
      System.out.println(
          "SKIPPED: tests against a real Kubernetes need KUBECONFIG, the file of a cluster that they may change");
      Assumptions.abort("KUBECONFIG is not set");
    }
    return Config.fromKubeconfig(new File(file));
  }
}
