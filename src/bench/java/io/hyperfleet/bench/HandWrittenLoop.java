package io.hyperfleet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.kubernetes.KubernetesClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** The reference of B5: the calls of a job-adapter for one event, with the same clients, written down by hand. */
final class HandWrittenLoop implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String clusters;
  private final KubernetesClient kubernetes;
  private final CloseableHttpClient http = HttpClients.custom().setConnectionManager(
      PoolingHttpClientConnectionManagerBuilder.create().setMaxConnTotal(200).setMaxConnPerRoute(100).build()).build();

  HandWrittenLoop(String url, Path kubeconfig) {
    this.clusters = url + "/api/hyperfleet/v1/clusters/";
    this.kubernetes = KubernetesClients.of(Config.fromKubeconfig(kubeconfig.toFile())).build();
  }

  /** Handles the event of a message. */
  void handle(byte[] message) throws IOException {
    var id = JSON.readTree(message).at("/data/id").asText();
    var cluster = http.execute(new HttpGet(clusters + id + "?include=statuses"),
        response -> JSON.readTree(EntityUtils.toByteArray(response.getEntity())));
    if (!available(cluster, "validation") || !available(cluster, "dns")) {
      throw new IllegalStateException("the preconditions are met");
    }
    var generation = cluster.get("generation").asLong();
    var job = kubernetes.batch().v1().jobs().inNamespace("hyperfleet-adapters")
        .withName("placement-" + id + "-gen" + generation).get();
    boolean complete = job.getStatus().getConditions().stream()
        .anyMatch(condition -> condition.getType().equals("Complete") && condition.getStatus().equals("True"));
    var put = new HttpPut(clusters + id + "/statuses");
    put.setEntity(
        new StringEntity(JSON.writeValueAsString(Map.of("adapter", "placement", "observed_generation", generation,
            "observed_time", Instant.now().toString(), "metadata", Map.of("job_name", job.getMetadata().getName()),
            "conditions",
            List.of(condition("Applied", true, "JobLaunched"), condition("Available", complete, "JobSucceeded"),
                condition("Health", true, "AllChecksPassed")))),
            ContentType.APPLICATION_JSON));
    http.execute(put, response -> EntityUtils.toByteArray(response.getEntity()));
  }

  private static boolean available(JsonNode cluster, String adapter) {
    for (JsonNode report : cluster.get("adapter_statuses")) {
      if (report.get("adapter").asText().equals(adapter)) {
        return report.at("/last_definitive/status").asText().equals("True");
      }
    }
    return false;
  }

  private static Map<String, String> condition(String type, boolean met, String reason) {
    return Map.of("type", type, "status", met ? "True" : "False", "reason", reason);
  }

  @Override
  public void close() throws IOException {
    http.close();
    kubernetes.close();
  }
}
