package io.hyperfleet.bench;

import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The local Kubernetes in a JVM of its own, so that what it takes is not measured with what uses it. */
final class KubernetesProcess implements AutoCloseable {

  private final Process process;
  private final Path kubeconfig;

  private KubernetesProcess(Process process, Path kubeconfig) {
    this.process = process;
    this.kubeconfig = kubeconfig;
  }

  /** Starts one whose Jobs take that long. */
  static KubernetesProcess start(int jobSeconds) throws IOException {
    var folder = Files.createDirectories(Path.of("target", "bench"));
    var kubeconfig = folder.resolve("apart.kubeconfig");
    Files.deleteIfExists(kubeconfig);
    var process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), KubernetesProcess.class.getName(), kubeconfig.toString(),
        String.valueOf(jobSeconds))).redirectErrorStream(true)
        .redirectOutput(folder.resolve("kubernetes.log").toFile()).start();
    var started = new KubernetesProcess(process, kubeconfig);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(kubeconfig) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("the local Kubernetes has ended: see " + folder.resolve("kubernetes.log"));
    }
    return started;
  }

  /** Serves until its standard input ends, as it does when who started it is gone. */
  public static void main(String[] args) throws IOException {
    try (var kubernetes = LocalKubernetes.start(
        new LocalKubernetes.Settings(0, Duration.ofSeconds(Long.parseLong(args[1])), Duration.ofSeconds(1)))) {
      var written = Path.of(args[0] + ".new");
      kubernetes.writeKubeconfig(written);
      Files.move(written, Path.of(args[0]));
      while (System.in.read() >= 0) {
        kubernetes.clearRequests();
      }
    }
    System.exit(0);
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
