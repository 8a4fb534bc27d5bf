package io.hyperfleet.hostile;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.hostile.HostileRequest.Intent;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes names and searches: of clusters, node pools, labels, in queries and paths, and of objects that strangers put
 * into Kubernetes.
 */
final class HostileNames {

  private static final String BASE = "/api/hyperfleet/v1";
  private static final String NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  private final Hostile hostile;
  private final String cluster;
  private final Map<String, Supplier<HostileRequest>> pieces = new LinkedHashMap<>();
  private int count;

  HostileNames(Hostile hostile, String cluster) {
    this.hostile = hostile;
    this.cluster = cluster;
    pieces.put("cluster name", () -> named("cluster name", "/clusters", "Cluster"));
    pieces.put("node pool name", () -> named("node pool name", "/clusters/" + cluster + "/nodepools", "NodePool"));
    pieces.put("label key", () -> labelled(hostile.text(), "x"));
    pieces.put("label value", () -> labelled("team", hostile.text()));
    pieces.put("label of the platform",
        () -> labelled(
            hostile.one(List.of("hyperfleet.io/managed-by", "hyperfleet.io/cluster-id", "kubernetes.io/x",
                "app.kubernetes.io/name")),
            hostile.one(List.of("steady", cluster, "x"))));
    pieces.put("search", () -> get("search",
        "/clusters?search=" + encoded(
            hostile.one(List.of(hostile.text(), "name = '" + hostile.text() + "'", "name like '" + hostile.text() + "'",
                "labels." + hostile.text() + " = 'x'", "name in ('" + hostile.text() + "')",
                "(".repeat(500) + "name = 'x'", "not ".repeat(300) + "name = 'x'",
                "name = 'x' or ".repeat(200) + "name = 'x'", "name = '" + "x".repeat(4_000) + "'", "spec.a.b = 'x'",
                "generation > 1e400", "generation > " + hostile.one(Hostile.NUMBERS),
                "created_time > '+999999999-01-01T00:00:00Z'")))));
    pieces.put("order",
        () -> get("order", "/clusters?order" + hostile.one(List.of("", "By")) + "=" + encoded(hostile.text())));
    pieces.put("page", () -> get("page", "/clusters?" + hostile.one(List.of("page", "size", "pageSize")) + "="
        + encoded(hostile.one(List.of("-1", "0", "1e9", "99999999999999999999", hostile.text())))));
    pieces.put("after",
        () -> get("after",
            "/clusters?due=true&after=" + encoded(
                hostile.one(List.of("+999999999-01-31T12:00:00Z," + cluster, "-999999999-01-31T12:00:00Z," + cluster,
                    "2020-01-01T00:00:00Z,x", "2020-01-01T00:00:00Z", ",", hostile.text())))));
    pieces.put("parameter",
        () -> get("parameter", "/clusters?" + encoded(hostile.text()) + "=" + encoded(hostile.text())));
    pieces.put("fields", () -> get("fields", "/clusters?fields=" + encoded(hostile.text())));
    pieces.put("events",
        () -> get("events",
            "/events?" + hostile.one(List.of("status", "published", "aggregate_id", "aggregate_type", "page")) + "="
                + encoded(hostile.text())));
    pieces.put("statuses", () -> get("statuses", "/clusters/" + cluster + "/statuses?"
        + hostile.one(List.of("page", "size", "order", "search")) + "=" + encoded(hostile.text())));
    pieces.put("id",
        () -> get("id",
            hostile.one(List.of("/clusters/", "/nodepools/", "/events/", "/clusters/" + cluster + "/nodepools/"))
                + encoded(hostile.text()).replace("+", "%20")));
    pieces.put("raw query",
        () -> get("raw query", "/clusters?search=" + hostile.text().replaceAll("[\\x00-\\x20\\x7f-\\uffff]", "")));
  }

  /** One of every piece, and as many more as wanted. */
  List<HostileRequest> requests(int more) {
    return hostile.mix(pieces, Supplier::get, more);
  }

  private HostileRequest named(String piece, String path, String kind) {
    var name = hostile.text();
    boolean fine = name.matches(NAME) && name.length() <= 53;
    return HostileRequest.json(piece, fine ? Intent.EITHER : Intent.REFUSED, "name", "POST", BASE + path,
        "{\"kind\":\"" + kind + "\",\"name\":" + Hostile.quoted(name) + ",\"spec\":{\"a\":1}}");
  }

  private HostileRequest labelled(String key, String value) {
    return HostileRequest.json("label", Intent.EITHER, "label", "POST", BASE + "/clusters",
        "{\"kind\":\"Cluster\",\"name\":\"n-" + Long.toString(System.nanoTime(), 36) + ++count
            + "\",\"labels\":{" + Hostile.quoted(key) + ":" + Hostile.quoted(value) + "},\"spec\":{\"a\":1}}");
  }

  private static HostileRequest get(String piece, String path) {
    return HostileRequest.json(piece, Intent.EITHER, "", "GET", BASE + path, "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Puts objects beside those of adapters, labelled as if they were theirs, and changes their state, which adapters are
   * told.
   */
  int plant(LocalKubernetes kubernetes, int objects) {
    int planted = 0;
    for (int i = 0; i < objects; i++) {
      var labels = new LinkedHashMap<String, String>();
      labels.put("hyperfleet.io/managed-by",
          hostile.one(List.of("steady", "dns", "echo-object", "validation", "nobody")));
      labels.put(
          hostile.one(List.of("hyperfleet.io/cluster-id", "hyperfleet.io/nodepool-id", "hyperfleet.io/generation",
              "hyperfleet.io/resource-type")),
          hostile.one(List.of(cluster, "a..b", "x", "", "a".repeat(63), "events",
              "0198f000-0000-7000-8000-000000000000", "a.-_b")));
      labels.put("hyperfleet.io/cluster-id", hostile.one(List.of(cluster, "a..b", "statuses", "")));
      try {
        plant(kubernetes, "planted-" + System.nanoTime(), labels, hostile.oneIn(2));
        planted++;
      } catch (KubernetesClientException refused) {
        // As a real API server refuses it.
      }
    }
    return planted;
  }

  private static void plant(LocalKubernetes kubernetes, String name, Map<String, String> labels, boolean map) {
    var client = kubernetes.client();
    if (map) {
      var object = new ConfigMapBuilder().withNewMetadata().withName(name).withNamespace(LocalKubernetes.NAMESPACE)
          .withLabels(labels).endMetadata().build();
      client.resource(object).create();
      client.resource(new ConfigMapBuilder(object).addToData("a", "b").build()).update();
    } else {
      var object = new GenericKubernetesResourceBuilder().withApiVersion("dns.hyperfleet.io/v1").withKind("DnsRecord")
          .withNewMetadata().withName(name)
          .withNamespace(LocalKubernetes.NAMESPACE).withLabels(labels).endMetadata()
          .addToAdditionalProperties("spec", Map.of("hostname", "a.example.com")).build();
      client.genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord").inNamespace(LocalKubernetes.NAMESPACE)
          .resource(object).create();
    }
  }
}
