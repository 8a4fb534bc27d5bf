package io.hyperfleet.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.api.Contract.Operation;
import io.hyperfleet.revision.Revision;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every operation of the contract, asked with what the contract allows and with what it does not, keeps to it. */
class ContractHttpIT extends ApiIT {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int VALID = 5;
  /** A request that the contract allows may name what is not there, by chance several times. */
  private static final int MOST_VALID = 40;
  private static final int SPOILED = 10;
  private static final Revision REVISION = Revision
      .ofContent("{\"adapter.yaml\":{\"metadata\":{\"name\":\"validation\"}}}");

  private Contract contract;
  private GeneratedRequests requests;
  private String cluster;
  private String nodepool;
  private String event;
  private String operationId;

  @Test
  void everyAnswerIsOneThatTheContractDeclares() {
    contract = new Contract(get("/openapi").body());
    requests = new GeneratedRequests(contract, 1);
    var failures = new SoftAssertions();
    var withoutSuccess = new TreeSet<String>();
    for (Operation operation : contract.operations()) {
      prepare(operation);
      boolean succeeded = false;
      for (int i = 0; i < VALID || !succeeded && i < MOST_VALID; i++) {
        succeeded |= ask(operation, false, failures) < 300;
      }
      for (int i = 0; i < SPOILED; i++) {
        ask(operation, true, failures);
      }
      if (!succeeded) {
        withoutSuccess.add(operation.id());
      }
    }
    assertThat(contract.operations()).hasSizeGreaterThan(50);
    failures.assertAll();
    // Rollouts need adapters that are announced: RolloutHttpIT has them.
    withoutSuccess.removeIf(id -> id.matches("(halt|resume|rollback)Adapter|(un)?pin\\w+Adapter"));
    assertThat(withoutSuccess).as("every operation works; this one is there to say where to go instead")
        .containsExactly("postFlatNodePool");
  }

  private int ask(Operation operation, boolean spoil, SoftAssertions failures) {
    if (!operation.method().equals("GET")) {
      prepare(operation);
    }
    var query = new ArrayList<String>();
    var path = operation.path();
    for (JsonNode parameter : operation.parameters()) {
      var name = parameter.get("name").asText();
      if (parameter.get("in").asText().equals("path")) {
        var id = Map.of("cluster_id", cluster, "nodepool_id", nodepool, "event_id", event, "resource_id", cluster,
            "adapter", "validation", "announcer", "one", "operation_id", operationId, "digest", REVISION.digest())
            .get(name);
        path = path.replace("{" + name + "}",
            spoil && requests.oneIn(4)
                ? URLEncoder.encode(requests.junk() + "x", UTF_8)
                    .replace("%2F", "-").replace("%00", "-").replace("%25", "-").replace("%3B", "-")
                : id);
      } else if (spoil ? requests.oneIn(4) : requests.oneIn(8)) {
        query.add(name + "=" + URLEncoder.encode(spoil ? requests.junk() : valid(parameter, name), UTF_8));
      }
    }
    boolean projected = query.stream().anyMatch(part -> part.startsWith("fields="));
    boolean due = query.stream().anyMatch(part -> part.equals("due=true") || part.equals("due=false"));
    String body = null;
    if (operation.body() != null) {
      var valid = operation.id().equals("putRevisionContent")
          ? json(REVISION.content())
          : requests.valid(operation.body(), known(operation), 0);
      body = spoil && query.isEmpty() ? requests.spoiled(valid) : valid.toString();
    }
    var asked = "/" + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    var response = exchange(operation.method(), asked, body);
    var answer = new Answer(response, json(response));
    var sent = body;
    failures.assertThatCode(() -> contract.check(operation, answer, due, projected))
        .as("%s %s%n%s%n%s %s", operation, asked, sent, answer.status(), answer.body()).doesNotThrowAnyException();
    return answer.status();
  }

  private JsonNode json(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private JsonNode json(HttpResponse<String> response) {
    try {
      return response.headers().firstValue("content-type").orElse("").contains("json")
          ? json.readTree(response.body())
          : JSON.missingNode();
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private String valid(JsonNode parameter, String name) {
    return switch (name) {
      case "order" -> "name desc";
      case "search" -> "name != 'x'";
      case "fields" ->
        "name,kind,href,spec,generation,tenancy,created_time,updated_time,created_by,updated_by,status.*";
      case "kind" -> "Cluster";
      default -> requests.valid(parameter.get("schema"), Map.of(), 0).asText();
    };
  }

  /** Values that the schema alone does not tell. */
  private Map<String, JsonNode> known(Operation operation) {
    var known = new HashMap<String, JsonNode>();
    var condition = List.of("Available", "Applied", "Health").stream()
        .map(type -> JSON.objectNode().put("type", type).put("status", "True")).toList();
    known.put("conditions", JSON.arrayNode().addAll(condition));
    known.put("observed_generation", JSON.numberNode(1));
    known.put("generation", JSON.numberNode(1));
    known.put("aggregate_id", JSON.textNode(cluster));
    known.put("aggregate_type", JSON.textNode("cluster"));
    known.put("references", JSON.objectNode());
    if (operation.path().endsWith("/operations")) {
      known.put("search", JSON.textNode("name != 'x'"));
      known.put("adapter", JSON.textNode("validation"));
    }
    known.put("kind", JSON.textNode(operation.path().contains("nodepools") ? "NodePool" : "Cluster"));
    return known;
  }

  /** A cluster with a node pool and an event that the operation can succeed with. */
  private void prepare(Operation operation) {
    empty();
    cluster = createCluster("demo");
    nodepool = post("/clusters/" + cluster + "/nodepools", """
        {"kind": "NodePool", "name": "pool", "spec": {}}""").text("id");
    event = get("/events?aggregate_id=" + cluster).at("/items/0/event_id").asText();
    if (operation.path().contains("/adapters/")) {
      send("PUT", "/resources/" + cluster + "/statuses", reportBody("validation", 1, "True", Instant.now(), ""));
      send("PUT", "/resources/" + nodepool + "/statuses", reportBody("validation", 1, "True", Instant.now(), ""));
    }
    if (operation.path().contains("{digest}")) {
      send("PUT", "/announcements/one",
          "{\"adapters\": [{\"name\": \"validation\", \"digest\": \"" + REVISION.digest() + "\"}]}");
    }
    operationId = operation.path().contains("/operations/")
        ? post("/operations", "{\"action\": \"reconcile\"}").text("id")
        : "";
    if (operation.path().endsWith("/retry")) {
      jdbc.sql("update outbox set state = 'dead'").update();
    }
    if (operation.path().endsWith("/force-delete")) {
      jdbc.sql("update resources set deleted_time = now(), deleted_by = 'x'").update();
    }
  }
}
