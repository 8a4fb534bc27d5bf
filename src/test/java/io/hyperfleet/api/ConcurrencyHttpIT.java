package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many callers at once, and failures half way. */
@Tag("faults")
class ConcurrencyHttpIT extends ApiIT {

  @AfterEach
  void repair() {
    jdbc.sql("drop trigger if exists broken on outbox").update();
  }

  @Test
  void deletesOnceHoweverManyAskAtOnce() throws Exception {
    var id = createCluster("demo");

    var answers = atOnce(5, i -> delete("/clusters/" + id));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).extracting(answer -> answer.text("deleted_time")).doesNotContainNull();
    assertThat(answers.stream().map(answer -> answer.text("deleted_time")).distinct()).hasSize(1);
    assertThat(answers).extracting(answer -> answer.at("/generation").asInt()).containsOnly(2);
    assertThat(outboxRows(id)).isEqualTo(2);
  }

  @Test
  void losesNoReportOfSixtyFourAdaptersAtOnce() throws Exception {
    var id = createCluster("demo");
    var required = List.of("validation", "dns", "placement", "hyperfleet");

    var answers = atOnce(64, i -> report(id, i < 4 ? required.get(i) : "extra-" + i, 1, "True"));

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(get("/clusters/" + id + "/statuses").at("/total").asInt()).isEqualTo(64);
    assertThat(get("/clusters/" + id).at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(get("/clusters/" + id).at("/status/conditions").findValuesAsText("status")).containsOnly("True");
  }

  @Test
  void keepsTheLatestOfManyReportsOfOneAdapter() throws Exception {
    var id = createCluster("demo");
    var start = Instant.now();

    var answers = atOnce(64, i -> report(id, "dns", 1, i == 63 ? "False" : "True", start.plusMillis(i)));

    assertThat(answers).extracting(Answer::status).containsOnly(201, 204);
    var stored = get("/clusters/" + id + "/statuses").at("/items/0/last_definitive");
    assertThat(stored.path("status").asText()).isEqualTo("False");
  }

  @Test
  void givesExactlyOneOfManySentinelsTheEvent() throws Exception {
    var id = createCluster("demo");
    jdbc.sql("update outbox set published = true, state = 'published', published_time = now()").update();
    jdbc.sql("update resource_schedules set next_event_time = now() - interval '1 second'").update();
    var time = get("/clusters?due=true").at("/items/0/next_event_time").asText();

    var answers = atOnce(16, i -> post("/events",
        "{\"aggregate_id\": \"" + id + "\", \"next_event_time\": \"" + time + "\"}"));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers.stream().filter(answer -> "accepted".equals(answer.text("status")))).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.at("/event_id").isTextual())).hasSize(1);
    assertThat(outboxRows(id)).isEqualTo(2);
  }

  @Test
  void goesOnceWhenItsLastMachinesFinalizeAtTheSameTime() throws Exception {
    var id = createCluster("demo");
    var machines = IntStream.range(0, 8)
        .mapToObj(i -> create("/clusters/" + id + "/machines", "Machine", "m" + i)).toList();
    delete("/clusters/" + id);
    for (String adapter : List.of("validation", "dns", "placement", "hyperfleet")) {
      reportFinalized(id, adapter, 2);
    }

    var answers = atOnce(24, i -> i < 16
        ? reportFinalized(machines.get(i / 2), i % 2 == 0 ? "boot" : "join", 2)
        : delete("/clusters/" + id));

    assertThat(answers.subList(0, 16)).extracting(Answer::status).containsOnly(201);
    assertThat(answers.subList(16, 24)).extracting(Answer::status).isSubsetOf(202, 404);
    assertThat(jdbc.sql("select count(*) from resources").query(Long.class).single()).isZero();
  }

  @Test
  void addsNothingToAClusterThatGoesAtTheSameTime() throws Exception {
    var id = createCluster("demo");

    var answers = atOnce(16, i -> i == 7
        ? delete("/clusters/" + id)
        : post("/clusters/" + id + "/machines", resource("Machine", "m" + i)));

    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 202, 409);
    assertThat(jdbc.sql("select count(*) from resources where deleted_time is null").query(Long.class).single())
        .as("each machine was there before and goes along, or was refused").isZero();
    assertThat(jdbc.sql("select count(*) from resources").query(Long.class).single())
        .isEqualTo(1 + answers.stream().filter(answer -> answer.status() == 201).count());
  }

  @Test
  void createsOneClusterOfAName() throws Exception {
    var answers = atOnce(8, i -> post("/clusters", cluster("demo")));

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(7);
    assertThat(jdbc.sql("select count(*) from outbox").query(Long.class).single()).isEqualTo(1);
  }

  @Test
  void leavesNeitherRowNorEventWhenTheTransactionFails() {
    jdbc.sql("create or replace function fail() returns trigger language plpgsql as "
        + "$$ begin raise exception 'secret driver text'; end $$").update();
    jdbc.sql("create constraint trigger broken after insert on outbox deferrable initially deferred "
        + "for each row execute function fail()").update();

    var answer = post("/clusters", cluster("demo"));

    assertThat(answer.status()).as("the commit fails, so the answer does").isEqualTo(500);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-INT-001");
    assertThat(answer.body().toString()).doesNotContain("secret").doesNotContain("SQL");
    assertThat(jdbc.sql("select count(*) from resources").query(Long.class).single()).isZero();
    assertThat(jdbc.sql("select count(*) from outbox").query(Long.class).single()).isZero();
  }

  private interface Call {
    Answer make(int number);
  }

  private static List<Answer> atOnce(int callers, Call call) throws Exception {
    var pool = Executors.newFixedThreadPool(callers);
    var ready = new CountDownLatch(callers);
    try {
      var calls = IntStream.range(0, callers).<Callable<Answer>>mapToObj(i -> () -> {
        ready.countDown();
        ready.await();
        return call.make(i);
      }).toList();
      var answers = new ArrayList<Answer>();
      for (var future : pool.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }
}
