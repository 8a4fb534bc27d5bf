package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of clusters. */
class ListHttpIT extends ApiIT {

  @Test
  void pagesFromTheNewestOn() {
    for (String name : new String[]{"aaa", "ccc", "bbb"}) {
      createCluster(name);
    }

    var first = get("/clusters?size=2");
    assertThat(first.at("/page").asInt()).isEqualTo(1);
    assertThat(first.at("/size").asInt()).isEqualTo(2);
    assertThat(first.at("/total").asInt()).isEqualTo(3);
    assertThat(first.at("/items").findValuesAsText("name")).containsExactly("bbb", "ccc");
    assertThat(get("/clusters?size=2&page=2").at("/items").findValuesAsText("name")).containsExactly("aaa");
    var past = get("/clusters?page=7&size=");
    assertThat(past.at("/items").size()).isZero();
    assertThat(past.at("/total").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      order=name                  | aaa bbb ccc
      order=name%20desc           | ccc bbb aaa
      order=kind,name%20desc      | ccc bbb aaa
      order=kind&order=name       | aaa bbb ccc
      orderBy=name&order=desc     | ccc bbb aaa
      orderBy=name                | aaa bbb ccc
      order=created_time          | aaa ccc bbb
      order=                      | bbb ccc aaa
      """)
  void ordersByColumns(String query, String names) {
    for (String name : new String[]{"aaa", "ccc", "bbb"}) {
      createCluster(name);
    }

    assertThat(String.join(" ", get("/clusters?" + query).at("/items").findValuesAsText("name"))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource({
      "status=Ready, ready", "status=Validated, ready", "status!=NotReady, ready", "phase=Ready, ready",
      "status!=Ready, waiting", "status%21%3DReady, waiting", "status!%3DReady, waiting",
      "status%21=Ready, waiting", "status%3DReady, ready", "phase!=Ready, waiting", "phase%21%3DNotReady, ready",
      "status=NotReady, waiting", "status=Not%20Ready, waiting", "phase=NotReady, waiting"})
  void filtersByPhase(String query, String name) {
    reportAll(createCluster("ready"), 1, "True");
    createCluster("waiting");

    var answer = get("/clusters?" + query);

    assertThat(answer.at("/items").findValuesAsText("name")).containsExactly(name);
    assertThat(answer.at("/total").asInt()).isEqualTo(1);
  }

  @Test
  void listsClustersThatAreBeingDeleted() {
    delete("/clusters/" + createCluster("demo"));

    assertThat(get("/clusters").at("/items/0/deleted_time").isTextual()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      page=x              | VAL-000 | format
      page=x&size=y       | VAL-000 | format format
      page=0&size=101     | VAL-000 | min max
      page=x&size=y&due=maybe  | VAL-000 | enum format format
      due=true&size=0&include=x | VAL-000 | min enum
      page=0              | VAL-000 | min
      page=100001         | VAL-000 | max
      size=101            | VAL-000 | max
      size=-1             | VAL-000 | min
      due=maybe           | VAL-000 | enum
      due=true&size=1001  | VAL-000 | max
      status=Broken       | VAL-000 | enum
      order=Name          | VAL-005 | -
      order=name%20up     | VAL-005 | -
      order=secret        | VAL-005 | -
      order=name;drop     | VAL-005 | -
      search=name         | VAL-005 | -
      after=x&due=false   | VAL-000 | format
      fields=name,nome    | VAL-000 | enum
      fields=status       | VAL-000 | enum
      fields=spec.region  | VAL-000 | enum
      """)
  void refusesParametersThatItCannotServe(String query, String code, String constraint) {
    var answer = get("/clusters?" + query.replace("'", "%27"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-" + code);
    assertThat(answer.at("/errors").findValuesAsText("constraint")).isEqualTo(
        constraint.equals("-") ? List.of() : List.of(constraint.split(" ")));
  }

  @Test
  void refusesAFilterThatContradictsAnother() {
    assertThat(get("/clusters?status=Ready&phase=NotReady").status()).isEqualTo(400);
    assertThat(get("/clusters?status=Ready&status!=NotReady").status()).isEqualTo(200);
    assertThat(get("/clusters?after=0198f000-0000-7000-8000-000000000000").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      fields=name                         | {"id":"ID","name":"demo"}
      fields=id&fields=generation,kind    | {"id":"ID","kind":"Cluster","generation":1}
      fields=spec,labels                  | {"id":"ID","labels":{"a":"b"},"spec":{"region":"r1"}}
      fields=status.phase                 | {"id":"ID","status":{"phase":"NotReady"}}
      fields=status.conditions.type       | {"id":"ID","status":{"conditions":[{"type":"Reconciled"},{"type":"LastKnownReconciled"},{"type":"Validated"}]}}
      fields=owner_references.*           | {"id":"ID"}
      fields=,                            | -
      """)
  void showsOnlyTheFieldsThatAreWanted(String query, String expected) throws Exception {
    var created = post("/clusters", """
        {"kind": "Cluster", "name": "demo", "spec": {"region": "r1"}, "labels": {"a": "b"}}""");
    var wanted = expected.equals("-") ? created.body() : json.readTree(expected.replace("ID", created.text("id")));

    assertThat(get("/clusters?" + query).at("/items/0")).isEqualTo(wanted);
    assertThat(get("/clusters/" + created.text("id") + "?" + query).body()).isEqualTo(wanted);
  }

  @Test
  void showsAllOfAStatusByStar() {
    var id = createCluster("demo");
    var whole = get("/clusters/" + id).at("/status");

    assertThat(get("/clusters/" + id + "?fields=status.*").at("/status")).isEqualTo(whole);
    assertThat(get("/clusters/" + id + "?fields=status.conditions.*").at("/status/conditions"))
        .isEqualTo(whole.get("conditions"));
    assertThat(get("/clusters?page=9&fields=name").at("/items")).isEmpty();
  }

  @Test
  void aPageFarBehindTheEndIsEmpty() {
    createCluster("demo");

    var answer = get("/clusters?page=100000&size=100");

    assertThat(answer.at("/items")).isEmpty();
    assertThat(answer.at("/total").asInt()).isEqualTo(1);
  }
}
