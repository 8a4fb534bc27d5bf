package io.hyperfleet.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.HyperFleetApplication;
import io.hyperfleet.local.JsonClient.Answer;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A HyperFleet of one process for a test, with local services on free ports and a client. Properties are given as
 * {@code
 * key=value}; they win over what is set here.
 */
public final class LocalFleet implements AutoCloseable {

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final ConfigurableApplicationContext context;
  private final JsonClient http = new JsonClient();
  private final int apiPort;
  private final int managementPort;

  private LocalFleet(ConfigurableApplicationContext context, int apiPort, int managementPort) {
    this.context = context;
    this.apiPort = apiPort;
    this.managementPort = managementPort;
  }

  /** Starts one; it is ready when this returns, but its consumers may still be connecting. */
  public static LocalFleet start(String... properties) {
    int apiPort = freePort();
    int managementPort = freePort();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.port", String.valueOf(apiPort));
    settings.put("management.server.port", String.valueOf(managementPort));
    settings.put("hyperfleet.api.base-url", "http://localhost:" + apiPort);
    List.of("postgres", "pubsub", "kubernetes")
        .forEach(name -> settings.put("hyperfleet.local." + name + ".port", "0"));
    settings.put("hyperfleet.local.kubeconfig",
        Path.of("target", "local", UUID.randomUUID().toString(), "kubeconfig").toString());
    settings.put("hyperfleet.local.job-duration", "0s");
    settings.put("hyperfleet.local.ready-delay", "0s");
    settings.put("spring.jmx.enabled", "false");
    for (String property : properties) {
      var pair = property.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    var application = new SpringApplication(HyperFleetApplication.class);
    application.setAdditionalProfiles("local");
    application.addInitializers(new LocalServices(),
        context -> context.getBeanFactory().registerSingleton("reportHistory", new ReportHistory()));
    application.setRegisterShutdownHook(false);
    var arguments = settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue());
    return new LocalFleet(application.run(arguments.toArray(String[]::new)),
        Integer.parseInt(settings.get("server.port")), managementPort);
  }

  /**
   * A port that was free a moment ago. It lies below those that systems give to outgoing connections: a client that
   * keeps asking for a server that is away could otherwise be given the very port that it asks for. None is given twice
   * in one process, for who was given one may not listen on it yet.
   */
  public static int freePort() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (var socket = new ServerSocket(port)) {
        if (GIVEN.add(port)) {
          return socket.getLocalPort();
        }
      } catch (IOException taken) {
        // The next one may be free.
      }
    }
    throw new IllegalStateException("no free port from 10000 to 19999");
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  public CamelContext camel() {
    return context.getBean(CamelContext.class);
  }

  public LocalKubernetes localKubernetes() {
    return context.getBean(LocalKubernetes.class);
  }

  public KubernetesClient kubernetes() {
    return localKubernetes().client();
  }

  /** Every report that the adapters of this process have sent. */
  public ReportHistory reports() {
    return context.getBean(ReportHistory.class);
  }

  /** The value of a property of the running application, such as {@code spring.datasource.url}. */
  public String property(String key) {
    return context.getEnvironment().getProperty(key);
  }

  /** The URL of the API with its base path. */
  public String apiUrl() {
    return "http://localhost:" + apiPort + "/api/hyperfleet/v1";
  }

  public int apiPort() {
    return apiPort;
  }

  public int managementPort() {
    return managementPort;
  }

  public Answer get(String path) {
    return http.send(apiUrl() + path, "GET", null);
  }

  public Answer post(String path, String json) {
    return http.send(apiUrl() + path, "POST", json);
  }

  public Answer put(String path, String json) {
    return http.send(apiUrl() + path, "PUT", json);
  }

  public Answer patch(String path, String json) {
    return http.send(apiUrl() + path, "PATCH", json);
  }

  public Answer delete(String path) {
    return http.send(apiUrl() + path, "DELETE", null);
  }

  /** A request to the management port, such as {@code /readyz}. */
  public Answer management(String path) {
    return http.send("http://localhost:" + managementPort + path, "GET", null);
  }

  /** The answer to the creation of a cluster. */
  public Answer createClusterAnswer(String name) {
    return post("/clusters", "{\"kind\":\"Cluster\",\"name\":\"" + name + "\",\"spec\":{\"region\":\"us-east1\"}}");
  }

  /** Creates a cluster and answers its id. */
  public String createCluster(String name) {
    var answer = createClusterAnswer(name);
    if (answer.status() != 201) {
      throw new IllegalStateException("not created: " + answer);
    }
    return answer.body().get("id").asText();
  }

  /** The phase of a cluster, or "gone". */
  public String phase(String id) {
    var answer = get("/clusters/" + id);
    return answer.status() == 404 ? "gone" : answer.body().at("/status/phase").asText();
  }

  /** The report of an adapter about a cluster; a missing node when it has not reported. */
  public JsonNode report(String id, String adapter) {
    for (JsonNode item : get("/clusters/" + id + "/statuses?size=100").body().path("items")) {
      if (item.get("adapter").asText().equals(adapter)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  /** A condition of an adapter's report as "status reason", or "" when there is none. */
  public String condition(String id, String adapter, String type) {
    for (JsonNode condition : report(id, adapter).path("conditions")) {
      if (condition.get("type").asText().equals(type)) {
        return condition.get("status").asText() + " " + condition.path("reason").asText();
      }
    }
    return "";
  }

  @Override
  public void close() {
    context.close();
  }
}
