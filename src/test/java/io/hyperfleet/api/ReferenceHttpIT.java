package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References between resources: a Service must refer to one or two WifConfigs and may refer to a Channel. */
class ReferenceHttpIT extends ApiIT {

  @Test
  void showsWhatAResourceRefersTo() {
    var wif = create("/wifconfigs", "WifConfig", "wif");

    var created = post("/services", service("api", references(wif)));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/references").toString()).isEqualTo("{\"wif\":[{\"id\":\"" + wif
        + "\",\"kind\":\"WifConfig\",\"href\":\"/api/hyperfleet/v1/wifconfigs/" + wif + "\"}]}");
    assertThat(get("/services/" + created.text("id")).body()).isEqualTo(created.body());
    assertThat(get("/services").at("/items/0")).isEqualTo(created.body());
    assertThat(get("/wifconfigs/" + wif).body().has("references")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {} | references.wif | references.wif must have at least 1
      {"wif": []} | references.wif | references.wif must have at least 1
      {"wif": [{"id": "WIF"}, {"id": "WIF"}]} | references.wif[1].id | references.wif[1]: duplicate id
      {"wif": [{"id": "WIF", "kind": "Cluster"}]} | references.wif[0].kind | references.wif[0].kind must be 'WifConfig'
      {"wif": [{"kind": "WifConfig"}]} | references.wif[0].id | references.wif[0].id is required
      {"wif": [{"id": "x"}]} | references.wif[0].id | WifConfig with id='x' not found
      {"wif": [{"id": "CHANNEL"}]} | references.wif[0].id | WifConfig with id='CHANNEL' not found
      {"wif": [{"id": "WIF"}], "channel": [{"id": "CHANNEL"}, {"id": "WIF"}]} | references.channel | references.channel must have at most 1
      {"wif": [{"id": "WIF"}], "other": []} | references.other | unknown reference 'other', a Service has wif, channel
      {"wif": {}} | references.wif | field 'references.wif' must be an array
      {"wif": ["x"]} | references.wif[0] | field 'references.wif[0]' must be an object
      {"wif": [{"id": 1}]} | references.wif[0].id | field 'references.wif[0].id' must be a string
      """)
  void refusesReferencesThatBreakARule(String references, String field, String message) {
    var wif = create("/wifconfigs", "WifConfig", "wif");
    var channel = create("/channels", "Channel", "stable");

    var answer = post("/services", service("api", filled(references, wif, channel)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-VAL-000");
    assertThat(answer.at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(answer.text("detail")).isEqualTo(filled(message, wif, channel));
  }

  @Test
  void keepsWhatIsReferredToFromBeingDeleted() {
    var wif = create("/wifconfigs", "WifConfig", "wif");
    var service = post("/services", service("api", references(wif))).text("id");

    var refused = delete("/wifconfigs/" + wif);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("HYPERFLEET-CNF-003");
    assertThat(refused.text("detail")).isEqualTo(
        "WifConfig '" + wif + "' cannot be deleted: it is referenced by Service 'api'");
    delete("/services/" + service);
    assertThat(delete("/wifconfigs/" + wif).status()).isEqualTo(202);
    assertThat(exists("/wifconfigs/" + wif)).isFalse();
  }

  @Test
  void refersToNothingThatIsBeingDeleted() {
    var wif = create("/wifconfigs", "WifConfig", "wif");
    jdbc.sql("update resources set deleted_time = now()").update();

    var answer = post("/services", service("api", references(wif)));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail")).isEqualTo("WifConfig '" + wif + "' is marked for deletion");
  }

  @Test
  void replacesAllReferencesAndMovesTheGenerationOnEachTime() {
    var one = create("/wifconfigs", "WifConfig", "one");
    var two = create("/wifconfigs", "WifConfig", "two");
    var path = "/services/" + post("/services", service("api", references(one))).text("id");

    assertThat(patch(path, "{\"references\": " + references(one) + "}").at("/generation").asInt()).isEqualTo(2);
    var changed = patch(path, "{\"references\": " + references(two) + "}");
    assertThat(changed.at("/generation").asInt()).isEqualTo(3);
    assertThat(changed.at("/references/wif/0/id").asText()).isEqualTo(two);
    assertThat(get(path).body()).isEqualTo(changed.body());
    assertThat(patch(path, "{\"labels\": {\"a\": \"b\"}}").at("/references")).isEqualTo(changed.at("/references"));
    assertThat(patch(path, "{\"references\": {}}").status()).as("one is needed").isEqualTo(400);
    assertThat(delete("/wifconfigs/" + one).status()).isEqualTo(202);
  }

  @Test
  void listsWhatRefersToAResource() {
    var one = create("/wifconfigs", "WifConfig", "one");
    var two = create("/wifconfigs", "WifConfig", "two");
    post("/services", service("a", references(one)));
    post("/services", service("b", references(two)));

    assertThat(get("/services?ref_type=wif&ref_target_id=" + two).at("/items").findValuesAsText("name"))
        .containsExactly("b");
    assertThat(get("/services?ref_type=wif").text("detail")).contains("must be provided together");
    assertThat(get("/services?ref_type=dns&ref_target_id=" + two).status()).isEqualTo(400);
    assertThat(get("/clusters?ref_type=wif&ref_target_id=" + two).status()).isEqualTo(400);
  }

  @Test
  void lettingGoByForceTakesReferencesToItAway() {
    var wif = create("/wifconfigs", "WifConfig", "wif");
    var service = post("/services", service("api", references(wif))).text("id");
    jdbc.sql("update resources set deleted_time = now() where id = ?::uuid").param(wif).update();

    assertThat(post("/wifconfigs/" + wif + "/force-delete", "{\"reason\": \"x\"}").status()).isEqualTo(204);

    assertThat(get("/services/" + service).body().has("references")).isFalse();
  }

  private static String service(String name, String references) {
    return resource("Service", name).replace("\"spec\"", "\"references\": " + references + ", \"spec\"");
  }

  private static String references(String wif) {
    return "{\"wif\": [{\"id\": \"" + wif + "\"}]}";
  }

  private static String filled(String text, String wif, String channel) {
    return text.replace("WIF", wif).replace("CHANNEL", channel);
  }
}
