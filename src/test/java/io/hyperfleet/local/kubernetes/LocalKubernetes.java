package io.hyperfleet.local.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.hyperfleet.local.kubernetes.operate.CustomResources;
import io.hyperfleet.local.kubernetes.operate.SimulatorClock;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import io.hyperfleet.local.kubernetes.write.Deleter;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A Kubernetes API in this process, on the loopback interface, with controllers that pretend: Jobs run and end, custom
 * resources get ready, no container ever starts. It follows the real API where HyperFleet and kubectl rely on it:
 * server-side apply, generations, the status subresource, owner references, finalizers, watches, discovery.
 *
 * <p>Annotations on an object (or a Job's pod template) steer the controllers: {@code local.hyperfleet.io/fail} with a
 * message, {@code local.hyperfleet.io/fail-as} with {@code exit:<code>}, {@code OOMKilled} or {@code Evicted}, {@code
 * local.hyperfleet.io/stuck} with a waiting reason, {@code Unschedulable} or {@code FailedCreate}, {@code
 * local.hyperfleet.io/duration} with a time.
 */
public final class LocalKubernetes implements AutoCloseable {

  /** The namespace that clients and the kubeconfig start in. */
  public static final String NAMESPACE = "hyperfleet-adapters";

  /**
   * How to run it.
   *
   * @param port the port to listen on; 0 takes any free one
   * @param jobDuration how long a Job runs; zero ends it at once
   * @param readyDelay how long a custom resource takes to become ready, after each new generation
   */
  public record Settings(int port, Duration jobDuration, Duration readyDelay) {

    /** Any free port, Jobs of two seconds, custom resources ready after one. */
    public static Settings defaults() {
      return new Settings(0, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    /** Any free port, and everything ends at once. */
    public static Settings instant() {
      return new Settings(0, Duration.ZERO, Duration.ZERO);
    }
  }

  private final Faults faults = new Faults();
  private final SimulatorClock clock = new SimulatorClock();
  private final Store store = new Store();
  private final HttpListener listener;
  private final int port;
  private KubernetesClient client;
  private boolean listening = true;

  private LocalKubernetes(Settings settings) {
    var catalog = new Catalog();
    var writer = new Writer(store);
    var deleter = new Deleter(store, catalog, writer);
    new Simulator(store, catalog, writer, deleter, clock, settings).start();
    var bootstrap = WriteOptions.controller("kube-apiserver");
    for (var name : List.of("default", "kube-system", NAMESPACE)) {
      var namespace = Json.object();
      namespace.putObject("metadata").put("name", name);
      writer.create(Catalog.NAMESPACES, "", namespace, bootstrap);
    }
    CustomResources.definitions().forEach(definition -> writer.create(Catalog.DEFINITIONS, "", definition, bootstrap));
    listener = new HttpListener(new Api(catalog, store, writer, deleter, faults)::answer);
    port = listen(settings.port());
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException when the port is taken; the message says what to set
   */
  public static LocalKubernetes start(Settings settings) {
    return new LocalKubernetes(settings);
  }

  private int listen(int wanted) {
    try {
      return listener.listen(wanted);
    } catch (IllegalStateException e) {
      clock.close();
      listener.close();
      throw new IllegalStateException(("The local Kubernetes cannot listen on port %d: %s. Choose another one with "
          + "hyperfleet.local.kubernetes.port (0 takes any free port), or set KUBECONFIG to use a real cluster.")
          .formatted(wanted, e.getMessage()), e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** The URL of the API, without credentials: there are none. */
  public String masterUrl() {
    return "http://127.0.0.1:" + port;
  }

  /** What a client of one's own is built with. */
  public Config config() {
    return new ConfigBuilder(Config.empty()).withMasterUrl(masterUrl()).withNamespace(NAMESPACE)
        .withHttp2Disable(true).build();
  }

  /** A client that its user closes; its watches lose nothing. */
  static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build();
  }

  /** A shared client, closed together with the server. */
  public synchronized KubernetesClient client() {
    if (client == null) {
      client = client(config());
    }
    return client;
  }

  /** Writes a kubeconfig for kubectl and for clients that read {@code KUBECONFIG}. */
  public void writeKubeconfig(Path file) {
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(file, """
          apiVersion: v1
          kind: Config
          current-context: hyperfleet-local
          clusters:
            - name: hyperfleet-local
              cluster:
                server: %s
          users:
            - name: hyperfleet-local
              user: {}
          contexts:
            - name: hyperfleet-local
              context:
                cluster: hyperfleet-local
                user: hyperfleet-local
                namespace: %s
          """.formatted(masterUrl(), NAMESPACE));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the kubeconfig " + file, e);
    }
  }

  /** Refuses the next {@code times} calls that match, with the words that fit the status. */
  public void fail(Predicate<Call> when, int status, String reason, int times) {
    fail(when, status, reason, "", times);
  }

  /** Refuses the next {@code times} calls that match, with a message, e.g. of an exceeded quota. */
  public void fail(Predicate<Call> when, int status, String reason, String message, int times) {
    faults.add(when, status, reason, message, times);
  }

  /** Takes back every scripted refusal. */
  public void clearFailures() {
    faults.clear();
  }

  /** The calls so far, in order, discovery not included; the newest 100,000 are kept. */
  public List<Call> requests() {
    return faults.calls();
  }

  /** Forgets the calls so far. */
  public void clearRequests() {
    faults.forgetCalls();
  }

  /**
   * Forgets what has changed, as etcd does when it is compacted: a watch that would go on from earlier is told 410
   * Gone.
   */
  public void compact() {
    store.compact();
  }

  /** Goes away: connections are cut and new ones refused, while Jobs run on. */
  public synchronized void pause() {
    if (listening) {
      listening = false;
      listener.stop();
    }
  }

  /** Comes back on the same port, with everything that it knew. */
  public synchronized void resume() {
    if (!listening) {
      listen(port);
      listening = true;
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    clock.close();
    listener.close();
  }
}
