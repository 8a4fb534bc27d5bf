package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API says of itself. */
class ContractHttpTest extends ApiTest {

  /** Operations that generated clients have had so far; they keep their names. */
  private static final List<String> OPERATIONS = List.of("getClusters", "postCluster", "getClusterById",
      "patchClusterById", "deleteClusterById", "forceDeleteCluster", "getNodePools", "getNodePoolsByClusterId",
      "createNodePool", "getNodePoolById", "patchNodePoolById", "deleteNodePoolById", "forceDeleteNodePool",
      "getClusterStatuses", "putClusterStatuses", "getNodePoolsStatuses", "putNodePoolStatuses", "getResources",
      "postResource", "getResourceById", "patchResourceById", "deleteResourceById", "forceDeleteResource",
      "getResourceStatuses", "putResourceStatuses");

  @Test
  void servesItsContract() {
    var contract = get("/openapi");

    assertThat(contract.header("content-type")).isEqualTo("application/json");
    assertThat(contract.text("openapi")).isEqualTo("3.0.0");
    assertThat(contract.at("/paths").findValuesAsText("operationId")).containsAll(OPERATIONS).doesNotHaveDuplicates();
    contract.body().findValuesAsText("$ref").forEach(reference ->
        assertThat(contract.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
  }

  @Test
  void answersEveryOperationOfItsContract() {
    var missing = new ArrayList<String>();
    get("/openapi").at("/paths").properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
      if (!method.equals("parameters")) {
        var answer = exchange(method.toUpperCase(Locale.ROOT),
            "/" + path.getKey().replaceAll("\\{\\w+}", "0198f000-0000-7000-8000-000000000000"), null);
        if (answer.statusCode() == 405 || answer.statusCode() >= 500
            || answer.statusCode() == 404 && answer.body().contains("HYPERFLEET-NTF-000")) {
          missing.add(method + " " + path.getKey() + ": " + answer.statusCode());
        }
      }
    }));
    assertThat(missing).isEmpty();
  }

  @Test
  void saysWhatItIs() {
    var metadata = get("//api/hyperfleet");

    assertThat(metadata.status()).isEqualTo(200);
    assertThat(metadata.header("content-type")).isEqualTo("application/json");
    assertThat(metadata.text("id")).isEqualTo("hyperfleet");
    assertThat(metadata.text("kind")).isEqualTo("API");
    assertThat(metadata.text("href")).isEqualTo("/api/hyperfleet");
    assertThat(metadata.text("version")).isNotBlank();
    assertThat(metadata.text("build_time")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @ParameterizedTest
  @CsvSource({"openapi.html, text/html, openapi-ui/swagger-ui-bundle.js",
      "openapi-ui/swagger-ui-bundle.js, text/javascript, SwaggerUIBundle",
      "openapi-ui/swagger-ui.css, text/css, .swagger-ui"})
  void showsItsContractAsAPage(String path, String type, String part) {
    var answer = exchange("GET", "/" + path, null);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith(type);
    assertThat(answer.body()).contains(part);
  }
}
