package io.hyperfleet.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What searches find. */
class SearchHttpIT extends ApiIT {

  private void fleet() {
    createWith("aaa", "\"region\": \"eu\", \"size\": {\"nodes\": 3}, \"ha\": true",
        "\"shard\": \"1\", \"a-b/c\": \"x\", \"x.io/a\": \"1\"");
    createWith("bbb", "\"region\": \"us\", \"size\": {\"nodes\": 30}, \"ha\": false", "\"shard\": \"2\"");
    createWith("ccc", "\"region\": \"100%\", \"size\": {\"nodes\": \"3\"}", "\"Tier\": \"\"");
    var ready = createWith("ddd", "\"a b\": {\"O'Neil\": \"it's\"}, \"size\": {\"nodes\": \"many\"}",
        "\"shard\": \"10\"");
    reportAll(ready, 1, "True");
    patch("/clusters/" + ready, "{\"labels\": {\"shard\": \"11\"}}");
    reportAll(ready, 2, "True");
  }

  private String createWith(String name, String spec, String labels) {
    return post("/clusters",
        "{\"kind\": \"Cluster\", \"name\": \"" + name + "\", \"spec\": {" + spec + "}, \"labels\": {"
            + labels + "}}")
        .text("id");
  }

  private static final String FOUND = """
      name = 'aaa'                                          | aaa
      name != 'aaa' and name < 'ccc'                        | bbb
      NOT (name in ('aaa', 'bbb'))                          | ccc ddd
      name like '_a%' or name ilike 'B%'                    | aaa bbb
      name not like 'a%' and name between 'a' and 'bzz'     | bbb
      kind = 'Cluster' and owner_id is null                 | aaa bbb ccc ddd
      kind = 'NodePool' or deleted_time is not null         |
      id = 'nonsense'                                       |
      id != 'nonsense' and id like '%-7%'                   | aaa bbb ccc ddd
      generation > 1                                        | ddd
      generation between 2 and 1K                           | ddd
      created_time > '2020-01-01T00:00:00Z'                 | aaa bbb ccc ddd
      created_time < 2020-01-01                             |
      created_by = 'system@hyperfleet.local' and updated_time > 2020-01-01 | aaa bbb ccc ddd
      labels.shard = '1'                                    | aaa
      labels.shard = 2                                      | bbb
      labels.shard != '1'                                   | bbb ddd
      labels.shard in ('1', '11')                           | aaa ddd
      labels.shard like '1%'                                | aaa ddd
      labels.shard is null                                  | ccc
      labels.shard is not null                              | aaa bbb ddd
      labels.`a-b/c` = 'x'                                  | aaa
      labels.[a-b/c] is not null                            | aaa
      labels.x.io/a='1' and labels.shard='1'                | aaa
      labels.x.io/a == "1"                                  | aaa
      labels['a-b/c'] in ['x',]                             | aaa
      name in []                                            |
      name not in []                                        | aaa bbb ccc ddd
      labels.shard in []                                    |
      (spec.region) = ('e\\u')                            | aaa
      not spec.region = 'eu'                                | bbb ccc
      not spec.region in ['eu', 'us']                       | ccc
      not spec.region like 'e%'                             | bbb ccc
      not spec.region is null                               | aaa bbb ccc
      not (not spec.region = 'eu')                          | aaa
      not spec.size.nodes = 3                               | bbb
      spec.size.nodes != 3                                  | bbb
      not spec.size.nodes = '3'                             | bbb ddd
      not spec.size.nodes > 3                               | aaa ccc
      not spec.size.nodes in (3, 31)                        | bbb
      not spec.size.nodes in (3, 'x')                       | bbb
      not spec.size.nodes between 3 and 30                  |
      not spec.ha = true                                    | bbb
      not (spec.region = 'eu' or spec.ha = true)            | bbb
      not (spec.region = 'eu' and spec.ha = true)           | bbb ccc
      not spec.absent = 'x'                                 |
      not deleted_time > '2020-01-01'                       |
      not owner_id = 'x'                                    |
      labels.Tier = ''                                      | ccc
      labels.non_existing_label='value'                     |
      spec.region = 'eu'                                    | aaa
      spec.region = '100%'                                  | ccc
      spec.region like '100\\%'                             | ccc
      spec.region in ('eu', 'us')                           | aaa bbb
      spec.region != 'eu'                                   | bbb ccc
      spec.region is null                                   | ddd
      spec.`a b`.`O'Neil` = 'it''s'                         | ddd
      spec.size.nodes = 3                                   | aaa ccc
      spec.size.nodes = '3'                                 | aaa ccc
      spec.size.nodes > 3                                   | bbb
      spec.size.nodes between 3 and 30                      | aaa bbb ccc
      spec.size.nodes in (30, 31)                           | bbb
      spec.size.nodes < '4'                                 | aaa bbb ccc
      spec.ha = true                                        | aaa
      spec.ha = 'false'                                     | bbb
      status.phase = 'Ready'                                | ddd
      status.phase != 'Validated'                           | aaa bbb ccc
      status.phase in ('Not Ready')                         | aaa bbb ccc
      not status.phase = 'NotReady'                         | ddd
      status.observed_generation = 2                        | ddd
      status.last_updated_time > 2020-01-01 and status.last_transition_time > 2020-01-01 | aaa bbb ccc ddd
      status.conditions.Reconciled = 'False'                | aaa bbb ccc
      status.conditions.Reconciled = 'True' and status.conditions.Reconciled.last_updated_time > '2020-01-01T00:00:00Z' | ddd
      status.conditions.DnsSuccessful.observed_generation >= 2 | ddd
      status.conditions.Reconciled = 'Unknown'              |
      labels.shard = '1' or status.conditions.Reconciled = 'True' | aaa ddd
      """;

  @Test
  void finds() {
    fleet();

    assertThat(FOUND.lines()).allSatisfy(line -> {
      var columns = line.split("\\|", 2);
      var answer = get("/clusters?order=name&search=" + URLEncoder.encode(columns[0].strip(), UTF_8));
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertThat(StreamSupport.stream(answer.at("/items").spliterator(), false).map(item -> item.get("name").asText())
          .collect(Collectors.joining(" "))).isEqualTo(columns[1].strip());
      assertThat(answer.at("/total").asInt()).isEqualTo(answer.at("/items").size());
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"search=name='x", "search=x=1", "search=generation~=1", "search=status.conditions.X!='True'",
      "search=name%3D'%00'", "search=" + "a%20%3D%201%20and%20"})
  void refusesWithoutAWordOfTheDatabase(String query) {
    var answer = get("/clusters?" + query.replace("'", "%27"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-VAL-005");
    assertThat(answer.response().body()).doesNotContainIgnoringCase("sql").doesNotContain("pq:");
  }

  @Test
  void refusesSearchesThatAreTooLong() {
    var answer = get("/clusters?search=name='" + "x".repeat(4100) + "'".replace("'", "%27"));

    assertThat(answer.text("detail")).contains("must be at most 4096 characters");
  }

  @Test
  void searchesAmongWhatIsDueAndStepsThroughAll() {
    fleet();
    jdbc.sql(
        "update resource_schedules set next_event_time = now() + interval '1 minute' * case when name > 'bbb' then 1 else -1 end"
            + " from resources where id = resource_id")
        .update();
    var shard = "&search=" + URLEncoder.encode("labels.shard = '1'", UTF_8);
    var aaa = get("/clusters?search=name%3D%27aaa%27").at("/items/0/id").asText();

    assertThat(get("/clusters?due=true").at("/items")).hasSize(2);
    assertThat(get("/clusters?due=true" + shard).at("/items").findValuesAsText("id")).containsExactly(aaa);

    var first = get("/clusters?due=false&size=3").at("/items");
    assertThat(first).hasSize(3);
    assertThat(first.get(0).get("id").asText()).isEqualTo(aaa);
    assertThat(first.get(0).fieldNames()).toIterable().containsExactlyInAnyOrder("id", "generation", "phase",
        "next_event_time", "attempt", "reason");
    var second = get("/clusters?due=false&size=3&after=" + first.get(2).get("id").asText()).at("/items");
    assertThat(second).hasSize(1);
    assertThat(get("/clusters?due=false&after=" + second.get(0).get("id").asText()).at("/items")).isEmpty();
    assertThat(get("/clusters?due=false&status!=Ready" + shard).at("/items")).hasSize(1);
  }
}
