package io.hyperfleet.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.hyperfleet.local.kubernetes.resource.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Requests that a real Kubernetes v1.36 was sent, with what it answered, to be asked again of any. */
final class RecordedAnswers implements AutoCloseable {

  /** A request and what is answered to it. */
  record Recorded(String name, JsonNode request, int status, JsonNode headers, JsonNode answer) {
  }

  private static final List<String> VOLATILE = List.of("uid", "resourceVersion", "creationTimestamp", "managedFields",
      "(shortened)");

  private final KubernetesClient client;
  private final boolean compacted;

  /**
   * Of a Kubernetes.
   *
   * @param compacted whether it no longer knows what was long ago
   */
  RecordedAnswers(Config config, boolean compacted) {
    this.client = LocalKubernetes
        .client(new ConfigBuilder(config).withRequestRetryBackoffLimit(0).withHttp2Disable(true).build());
    this.compacted = compacted;
  }

  /**
   * Those of a file: {@code answers}, {@code typed-patches}, which are manifests of many kinds that do not fit their
   * schema, and {@code
   * refusals} for want of a permission, by quotas and by admission.
   */
  static List<Recorded> of(String file) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/kubernetes/" + file + ".jsonl")).stream()
        .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8)))
        .map(line -> new Recorded(Json.text(line, "name"), line.path("request"), line.path("status").asInt(),
            line.path("headers"),
            line.path("answer")))
        .toList();
  }

  /** Makes the namespaces that the requests are about, and takes away what an earlier run has left. */
  void prepare() throws IOException {
    namespace("hyperfleet-adapters", "privileged");
    namespace("g-refused", "privileged");
    namespace("q-jobs", "privileged");
    namespace("q-restricted", "restricted");
    try (var definition = Files.newInputStream(Path.of("helm/hyperfleet/crds/dnsrecords.yaml"))) {
      client.load(definition).forceConflicts().serverSideApply();
    }
    client.resource(new ResourceQuotaBuilder().withNewMetadata().withName("jobs").withNamespace("q-jobs").endMetadata()
        .withNewSpec().addToHard("count/jobs.batch", new Quantity("0")).endSpec().build()).serverSideApply();
    await().atMost(Duration.ofMinutes(1)).until(() -> {
      var status = client.resourceQuotas().inNamespace("q-jobs").withName("jobs").get().getStatus();
      return status != null && status.getHard() != null && status.getHard().containsKey("count/jobs.batch");
    });
    for (var namespace : List.of("hyperfleet-adapters", "q-restricted")) {
      List.of(client.apps().deployments().inNamespace(namespace), client.batch().v1().jobs().inNamespace(namespace),
          client.configMaps().inNamespace(namespace), client.leases().inNamespace(namespace))
          .forEach(kind -> kind.list().getItems().stream().map(HasMetadata.class::cast)
              .filter(object -> object.getMetadata().getName().startsWith("g-"))
              .forEach(object -> client.resource(object).withTimeout(1, TimeUnit.MINUTES).delete()));
    }
  }

  /** Makes what refuses the requests of {@code refusals}, on a Kubernetes that has permissions and admission. */
  void prepareRefusals() throws Exception {
    try (var objects = Files.newInputStream(Path.of("src/test/resources/kubernetes/refusals-setup.yaml"))) {
      for (var object : client.load(objects).items()) {
        client.resource(object).forceConflicts().serverSideApply();
      }
    }
    if (client.namespaces().withName("g-ending").get() == null) {
      client.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName("g-ending").endMetadata().build())
          .create();
      client.configMaps().inNamespace("g-ending").resource(new ConfigMapBuilder().withNewMetadata().withName("held")
          .addToFinalizers("example.com/held").endMetadata().build()).create();
      client.namespaces().withName("g-ending").delete();
    }
    // Quotas and policies are in force a moment later; nothing is made by a dry run.
    for (var recorded : of("refusals")) {
      if (recorded.name().startsWith("policy-") || recorded.name().startsWith("quota-")) {
        var request = (ObjectNode) recorded.request().deepCopy();
        var path = Json.text(request, "path");
        request.put("path", path + (path.contains("?") ? "&" : "?") + "dryRun=All");
        await().atMost(Duration.ofMinutes(1)).until(() -> send(request).code() == recorded.status());
      }
    }
  }

  private void namespace(String name, String podSecurity) {
    client.resource(new NamespaceBuilder().withNewMetadata().withName(name)
        .addToLabels("pod-security.kubernetes.io/enforce", podSecurity)
        .addToLabels("pod-security.kubernetes.io/warn", podSecurity).endMetadata().build()).serverSideApply();
  }

  /** Asks again, and compares code, headers, reason, causes and words; of an object, what was recorded of it. */
  void check(Recorded recorded) throws Exception {
    var answer = send(recorded.request());
    if (!compacted && recorded.name().endsWith("-from-old-version") && answer.code() == 200) {
      return;
    }
    assertThat(answer.code()).as(answer.body()).isEqualTo(recorded.status());
    assertThat(answer.header("Content-Type")).isEqualTo(Json.text(recorded.headers(), "Content-Type"));
    assertThat(String.valueOf(answer.header("Warning")))
        .isEqualTo(String.valueOf(recorded.headers().path("Warning").asText(null)));
    if (recorded.answer().isTextual()) {
      assertThat(answer.body()).isEqualTo(recorded.answer().asText());
      return;
    }
    var actual = Json.parseObject(answer.body().lines().findFirst().orElse("").getBytes(StandardCharsets.UTF_8));
    assertThat(
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(comparable(part(recorded.answer(), actual))))
        .isEqualTo(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(comparable(recorded.answer())));
  }

  private HttpResponse<String> send(JsonNode request) throws Exception {
    var http = client.getHttpClient();
    var builder = http.newHttpRequestBuilder()
        .uri(URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + Json.text(request, "path")));
    var body = request.path("body");
    var method = Json.text(request, "method");
    if (request.has("user")) {
      builder.header("Impersonate-User", Json.text(request, "user"));
    }
    if (!method.equals("GET")) {
      // The client sends a DELETE with a body only, and this one says no more than none.
      builder.method(method, Json.text(request, "contentType"),
          body.isNull() || body.isMissingNode()
              ? "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\"}"
              : Json.write(body));
    }
    return http.sendAsync(builder.build(), String.class).get(1, TimeUnit.MINUTES);
  }

  /** What was recorded of an object is not all of it. */
  private static JsonNode part(JsonNode recorded, JsonNode actual) {
    if (recorded.path("kind").asText().equals("Status") || !recorded.isObject() || !actual.isObject()) {
      return actual;
    }
    var part = Json.object();
    recorded.fields().forEachRemaining(field -> {
      if (actual.has(field.getKey())) {
        part.set(field.getKey(), part(field.getValue(), actual.get(field.getKey())));
      }
    });
    return part;
  }

  /** In order, and without what is different each time: identities, versions, and how Go prints a pod. */
  private static JsonNode comparable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var result = Json.object();
      new TreeSet<>(Json.fields(object)).stream()
          .filter(field -> !VOLATILE.contains(field) && !object.get(field).isNull())
          .forEach(field -> result.set(field, comparable(object.get(field))));
      return result;
    }
    if (node.isArray()) {
      var result = Json.MAPPER.createArrayNode();
      node.forEach(item -> result.add(comparable(item)));
      return result;
    }
    return node.isTextual()
        ? Json.MAPPER.getNodeFactory().textNode(inOrder(node.asText())
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uid>")
            .replaceAll("too old resource version: 1 \\(\\d+\\)", "too old")
            .replaceAll("\\{\"(labels|Spec)\".*\\}: field is immutable", "{pod template}: field is immutable"))
        : node;
  }

  /** Several problems are told in any order. */
  private static String inOrder(String message) {
    return message.contains("): errors:\n") ? message.lines().sorted().collect(Collectors.joining("\n")) : message;
  }

  @Override
  public void close() {
    client.close();
  }
}
