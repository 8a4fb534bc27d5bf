package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs of a kind with a schema (spec-schemas-under-test.yaml). */
class SpecSchemaHttpIT extends ApiIT {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {} | spec.region | required
      {"region": "r3"} | spec.region | enum
      {"region": "r1", "size": 0} | spec.size | min
      {"region": "r1", "size": 10} | spec.size | max
      {"region": "r1", "size": "1"} | spec.size | format
      {"region": "r1", "owner": "a"} | spec.owner | min_length
      {"region": "r1", "owner": "abcde"} | spec.owner | max_length
      {"region": "r1", "owner": "A1"} | spec.owner | pattern
      {"region": "r1", "members": [{"name": "a"}, {}]} | spec.members[1].name | required
      {"region": "r1", "members": [{"name": "a"}, {"name": "a"}]} | spec.members | unique
      {"region": "r1", "colour": "red"} | spec.colour |
      """)
  void refusesASpecThatIsNotOfTheSchema(String spec, String field, String constraint) {
    var id = post("/queues", queue("{\"region\": \"r1\"}")).text("id");

    for (var answer : new Answer[]{post("/queues", queue(spec)), post("/resources", queue(spec)),
        patch("/queues/" + id, "{\"spec\": " + spec + "}"), patch("/resources/" + id, "{\"spec\": " + spec + "}")}) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("code")).isEqualTo("HYPERFLEET-VAL-000");
      assertThat(answer.text("detail")).isEqualTo("Invalid QueueSpec");
      assertThat(answer.at("/errors").size()).isEqualTo(1);
      assertThat(answer.at("/errors/0/field").asText()).isEqualTo(field);
      assertThat(answer.at("/errors/0/constraint").asText(null)).isEqualTo(constraint);
      assertThat(answer.at("/errors/0/message").asText()).contains(field);
    }
    assertThat(get("/queues/" + id).at("/generation").asInt()).isEqualTo(1);
  }

  @Test
  void takesASpecOfTheSchema() {
    var id = post("/queues", queue("{\"region\": \"r1\", \"size\": 9, \"owner\": null}")).text("id");

    var patched = patch("/queues/" + id, "{\"spec\": {\"region\": \"r2\", \"members\": [{\"name\": \"a\"}]}}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.at("/spec/region").asText()).isEqualTo("r2");
  }

  @Test
  void saysAllThatIsWrongWithASpecBeforeTheLabels() {
    var answer = post("/queues", queue("{\"size\": 0}").replace("\"spec\"", "\"labels\": {\"-\": \"\"}, \"spec\""));

    assertThat(answer.at("/errors").findValuesAsText("field")).containsExactlyInAnyOrder("spec.region", "spec.size");
  }

  private static String queue(String spec) {
    return resource("Queue", "queue").replace("{}", spec);
  }
}
