package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.api.Contract.Operation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds that only configuration knows (kinds-under-test.yaml), and the paths that are the same for all kinds. */
class KindHttpIT extends ApiIT {

  @Test
  void servesAKindThatIsConfigured() {
    var channel = create("/channels", "Channel", "a");
    var version = post("/channels/" + channel + "/versions", resource("Version", "v4-20"));

    assertThat(version.status()).isEqualTo(201);
    assertThat(get("/versions/" + version.text("id")).body()).isEqualTo(version.body());
    assertThat(get("/events?aggregate_id=" + channel).at("/items/0/event_type").asText())
        .isEqualTo("channel.changed.v1");
    assertThat(post("/channels", resource("Channel", "-")).text("detail")).startsWith("name must consist of");
  }

  @Test
  void publishesThePathsOfAKindThatIsConfigured() {
    var contract = new Contract(get("/openapi").body());
    assertThat(contract.all().stream().map(Operation::id)).doesNotHaveDuplicates();
    assertThat(contract.operations("Channel")).isNotEmpty()
        .allMatch(operation -> operation.path().startsWith(ResourceRequestMappings.BASE + "/channels"));
    assertThat(contract.operations("Version").stream().map(operation -> operation.method() + operation.path()
        .replace(ResourceRequestMappings.BASE, " ")))
        .contains("GET /versions", "POST /channels/{owner_id}/versions",
            "GET /channels/{owner_id}/versions/{resource_id}")
        .doesNotContain("POST /versions");

    for (String kind : new String[]{"Channel", "Version"}) {
      for (Operation operation : contract.operations(kind)) {
        empty();
        var channel = create("/channels", "Channel", "stable");
        var version = create("/channels/" + channel + "/versions", "Version", "v1");
        var path = "/" + operation.path().replace("{owner_id}", channel)
            .replace("{resource_id}", kind.equals("Channel") ? channel : version).replace("{adapter}", "any");
        var answer = send(operation.method(), path, switch (operation.method()) {
          case "GET", "DELETE" -> null;
          case "PATCH" -> "{\"labels\": {\"a\": \"b\"}}";
          default -> path.contains("/status")
              ? reportBody("any", 1, "True", Instant.now(), "")
              : path.endsWith("/force-delete")
                  ? "{\"reason\": \"gone\"}"
                  : resource(kind, "new");
        });
        contract.check(operation, answer, false, false);
        // What is not being deleted cannot be forced to go, a channel stays as long as it has versions, no adapter has
        // reported that could be retried, and nothing is pinned.
        assertThat(answer.status()).as("%s", operation)
            .isIn(path.endsWith("/retry") || path.endsWith("/revision")
                ? List.of(400, 404)
                : path.endsWith("/force-delete") || operation.method().equals("DELETE") && kind.equals("Channel")
                    ? List.of(409)
                    : List.of(200, 201, 202));
      }
    }
  }

  @Test
  void countsTheAdaptersThatTheKindRequires() {
    var cluster = createCluster("demo");
    var machine = post("/clusters/" + cluster + "/machines", resource("Machine", "m1"));
    assertThat(machine.at("/status/phase").asText()).isEqualTo("NotReady");
    var path = "/machines/" + machine.text("id");

    for (String adapter : new String[]{"boot", "join"}) {
      assertThat(get(path).at("/status/phase").asText()).isEqualTo("NotReady");
      send("PUT", path + "/statuses", reportBody(adapter, 1, "True", Instant.now(), ""));
    }

    assertThat(get(path).at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(get(path).at("/status/conditions").findValuesAsText("type")).containsExactly("Reconciled",
        "LastKnownReconciled", "Validated", "BootSuccessful", "JoinSuccessful");
  }

  @Test
  void listsWhatIsDueOfEachKind() {
    var cluster = createCluster("demo");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    jdbc.sql("update resource_schedules set next_event_time = now() - interval '1 second'").update();

    assertThat(get("/machines?due=true").at("/items").findValuesAsText("id")).containsExactly(machine);
    assertThat(get("/clusters?due=true").at("/items").findValuesAsText("id")).containsExactly(cluster);
    assertThat(get("/resources?kind=Machine&due=true").at("/items").findValuesAsText("id")).containsExactly(machine);
    assertThat(get("/resources?due=true").status()).isEqualTo(400);
    assertThat(post("/events", "{\"aggregate_type\": \"machine\", \"aggregate_id\": \"" + machine + "\"}").status())
        .isEqualTo(202);
  }

  @Test
  void answersForEveryKindUnderResources() {
    var created = post("/resources", resource("Channel", "stable"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("href")).isEqualTo("/api/hyperfleet/v1/channels/" + created.text("id"));
    var path = "/resources/" + created.text("id");

    assertThat(get(path).body()).isEqualTo(created.body());
    assertThat(patch(path, "{\"labels\": {\"a\": \"b\"}}").at("/generation").asInt()).isEqualTo(2);
    assertThat(report("/resources", created.text("id")).status()).isEqualTo(201);
    assertThat(get(path + "/statuses").at("/total").asInt()).isEqualTo(1);
    assertThat(delete(path).status()).isEqualTo(202);
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(get(path).text("detail")).isEqualTo("Resource with id='" + created.text("id") + "' not found");
  }

  @Test
  void listsEveryKindOrOne() {
    createCluster("demo");
    create("/channels", "Channel", "stable");

    assertThat(get("/resources").at("/total").asInt()).isEqualTo(2);
    assertThat(get("/resources?kind=Channel").at("/items").findValuesAsText("name")).containsExactly("stable");
    var unknown = get("/resources?kind=Nothing");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("detail")).startsWith("kind must be one of Cluster, NodePool, ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"name": "abc", "spec": {}} | VAL-000 | kind is required
      {"kind": "", "name": "abc", "spec": {}} | VAL-000 | kind is required
      {"kind": "Nothing", "name": "abc", "spec": {}} | VAL-000 | kind must be one of Cluster
      {"kind": "cluster", "name": "abc", "spec": {}} | VAL-000 | kind must be one of Cluster
      {"kind": 1, "name": 2} | VAL-000 | field 'kind' must be a string
      {"kind": "Cluster", "spec": {}} | VAL-000 | name is required
      """)
  void refusesAResourceOfNoKind(String body, String code, String detail) {
    var answer = post("/resources", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-" + code);
    assertThat(answer.text("detail")).startsWith(detail);
  }

  @Test
  void saysWhichMethodsAKindHas() {
    var answer = send("PUT", "/channels", "{}");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).contains("GET", "POST");
    assertThat(get("/gadgets").text("code")).isEqualTo("HYPERFLEET-NTF-000");
  }

  private Answer report(String path, String id) {
    return send("PUT", path + "/" + id + "/statuses", reportBody("any", 2, "True", java.time.Instant.now(), ""));
  }
}
