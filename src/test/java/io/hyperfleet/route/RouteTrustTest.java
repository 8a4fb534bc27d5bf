package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.route.RouteFile.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No shipped route lets data choose an endpoint, or evaluates it (SECURITY.md S4, S6, S13). */
class RouteTrustTest {

  /** Steps whose target, and languages whose meaning, could come out of a message. */
  private static final Set<String> NEVER = Set.of("toD", "recipientList", "routingSlip", "dynamicRouter", "script",
      "groovy",
      "ognl", "mvel", "joor", "java", "js", "python", "wasm", "spel", "datasonnet", "xquery", "jq",
      "interceptSendToEndpoint",
      "kamelet", "enrich", "pollEnrich");

  /** What brings in what others wrote; everything else begins inside of the process. */
  private static final Set<String> ENTRIES = Set.of("google-pubsub", "kubernetes-informer", "netty-http");
  private static final Set<String> INSIDE = Set.of("direct", "seda", "scheduler");

  private static Stream<Node> nodes() {
    return RouteFile.all().stream().flatMap(file -> file.nodes().stream());
  }

  @Test
  void noStepGoesWhereAMessageSays() {
    assertThat(nodes()).hasSizeGreaterThan(200).noneMatch(node -> NEVER.contains(node.word()));
  }

  /** Simple is evaluated text: in ours stand only variables of the route, which it compares. */
  @Test
  void simpleReadsVariablesOnly() {
    assertThat(nodes().filter(node -> node.word().equals("simple")))
        .allSatisfy(node -> assertThat(node.text("expression")).matches(
            "\\$\\{(variable\\.[a-zA-Z]+|header\\.CamelSqlUpdateCount)} (==|!=) (null|\\d+)"));
    assertThat(nodes().filter(node -> node.word().equals("language")).map(node -> node.text("language")))
        .isNotEmpty().containsOnly("cel");
  }

  @Test
  void addressesAreConfiguration() {
    assertThat(nodes().map(node -> node.text("uri")).filter(uri -> !uri.isEmpty())).allMatch(uri -> uri
        .matches("[a-z-]+|\"?\\{\\{hyperfleet\\.api\\.base-url}}/api/hyperfleet/v1(/events|/\\{\\{plural}})?\"?"));
  }

  @Test
  void whatComesInComesInWithoutHeaders() {
    var entries = nodes().filter(node -> node.word().equals("from")).toList();
    assertThat(entries.stream().map(node -> node.text("uri")).toList())
        .allMatch(uri -> ENTRIES.contains(uri) || INSIDE.contains(uri)).contains("google-pubsub");
    assertThat(entries).filteredOn(node -> node.text("uri").equals("google-pubsub"))
        .allMatch(node -> node.parameter("headerFilterStrategy").equals("#noHeaders"));
    assertThat(entries).filteredOn(node -> node.text("uri").equals("netty-http")).allSatisfy(node -> {
      var steps = (List<?>) node.settings().get("steps");
      assertThat(steps.get(0)).isInstanceOfSatisfying(Map.class, first -> assertThat(first).containsOnlyKeys("choice"));
      assertThat(node.file().branches()).allSatisfy(RouteTrustTest::forgetsHeadersFirst);
      assertThat(node.file().endpoints("otherwise")).hasSize(1).allSatisfy(RouteTrustTest::forgetsHeadersFirst);
    });
    assertThat(List.copyOf(ENTRIES)).allMatch(uri -> entries.stream().anyMatch(node -> node.text("uri").equals(uri)));
  }

  private static void forgetsHeadersFirst(Node branch) {
    assertThat(((List<?>) branch.settings().get("steps")).get(0))
        .extracting("removeHeaders.pattern").isEqualTo("*");
  }
}
