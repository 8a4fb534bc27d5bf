package io.hyperfleet.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.api.Contract.Operation;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * S23: every operation of the contract by its own tenant, by others, by nobody's and by systems. A new operation needs
 * a row.
 */
class TenantMatrixHttpIT extends TenantApiIT {

  /**
   * What an operation is about: a resource that its path names, many, a new one, one that its body names, none, or
   * something that has a test of its own.
   */
  private enum About {
    ONE, MANY, NEW, BODY, NONE, OWN_TEST
  }

  private static final Map<String, About> ROWS = Stream.of("""
      NONE getMetadata getOpenApi getOpenApiPage postFlatNodePool
      MANY getClusters getNodePools getResources getEvents
      NEW postCluster postResource
      BODY postEvents
      ONE getClusterById patchClusterById deleteClusterById forceDeleteCluster getClusterStatuses putClusterStatuses
      ONE postClusterStatuses getClusterStatus putClusterStatus postClusterStatus getNodePoolsByClusterId createNodePool
      ONE getNodePoolById patchNodePoolById deleteNodePoolById forceDeleteNodePool getNodePoolsStatuses putNodePoolStatuses
      ONE postNodePoolStatuses getNodePoolsStatus putNodePoolStatus postNodePoolStatus getFlatNodePool patchFlatNodePool
      ONE deleteFlatNodePool forceDeleteFlatNodePool getFlatNodePoolStatuses putFlatNodePoolStatuses postFlatNodePoolStatuses
      ONE getFlatNodePoolStatus putFlatNodePoolStatus postFlatNodePoolStatus getResourceById patchResourceById
      ONE deleteResourceById forceDeleteResource getResourceStatuses putResourceStatuses postResourceStatuses getResourceStatus
      ONE putResourceStatus postResourceStatus getEventById retryEvent
      ONE retryClusterAdapter getClusterHistory retryNodePoolAdapter getNodePoolHistory retryFlatNodePoolAdapter
      ONE getFlatNodePoolHistory retryResourceAdapter getResourceHistory
      ONE pinClusterAdapter unpinClusterAdapter pinNodePoolAdapter unpinNodePoolAdapter pinFlatNodePoolAdapter
      ONE unpinFlatNodePoolAdapter pinResourceAdapter unpinResourceAdapter
      OWN_TEST getFleet getAdapters getAdapter putAnnouncement deleteAnnouncement getOperations postOperation getOperationById
      OWN_TEST stopOperation getAdapterRevisions getAdapterRevision putRevisionContent
      OWN_TEST rollbackAdapter haltAdapter resumeAdapter""".split("\n"))
      .map(row -> row.split(" "))
      .flatMap(row -> Arrays.stream(row).skip(1).map(id -> Map.entry(id, About.valueOf(row[0]))))
      .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Another organisation, another project of the same, the same in other letters, one that claims both. */
  private static final List<String[]> OTHERS = List.of(new String[]{"X-Org", "o2"},
      new String[]{"X-Org", "o1", "X-Project", "p"},
      new String[]{"X-Org", "O1"},
      new String[]{"X-Org", "o2", "X-Project", "o1", "X-System", "false", "X-Org-Id", "o1"});

  private static final List<String> BODIES = List.of("{}", "{", "[]", "null", "{\"spec\": 1}",
      "{\"labels\": {\"a\": \"b\"}}",
      "{\"generation\": 99}", "{\"tenancy\": {\"org\": \"o1\"}}", "{\"reason\": 1}", "{\"references\": {}}",
      "{\"adapter\": \"x\"}",
      "{\"kind\": \"Cluster\", \"name\": \"secret\", \"spec\": {}}");
  private static final List<String> QUERIES = List.of("", "?include=statuses", "?fields=name,spec", "?fields=x",
      "?page=0", "?size=1",
      "?include=x", "?due=true", "?due=false&after=x", "?search=name%3D'secret'", "?search=x", "?status=Ready",
      "?order=name");

  private static final Set<String> OWN_HEADERS = Set.of("date", "x-request-id", "connection", "keep-alive");

  private final Random random = new Random(23);
  private List<Operation> all;
  private List<Operation> operations;
  private TenantWorld theirs;

  @BeforeEach
  void create() {
    all = new Contract(get("/openapi").body()).all();
    // One root kind and one child kind that configuration adds; the others share their code.
    operations = all.stream().filter(operation -> Set.of("", "Channel", "Version").contains(kind(operation)))
        .filter(operation -> about(operation) != About.OWN_TEST).toList();
    theirs = TenantWorld.create(this, OWN);
  }

  @Test
  void everyOperationHasARow() {
    assertThat(all.stream().map(TenantMatrixHttpIT::row).distinct()).containsExactlyInAnyOrderElementsOf(ROWS.keySet());
    assertThat(all.stream().map(TenantMatrixHttpIT::kind).distinct()).hasSize(10);
  }

  @Test
  void whatBelongsToAnotherTenantDoesNotExist() {
    var wrong = new SoftAssertions();
    var before = state();
    int asked = 0;
    for (String[] caller : OTHERS) {
      var own = TenantWorld.create(this, caller);
      for (Operation operation : operations) {
        var missing = TenantWorld.missing();
        // The later callers differ in what they are called only.
        if (about(operation) == About.ONE && (OTHERS.indexOf(caller) < 2 || random.nextInt(4) == 0)) {
          for (var pair : List.of(List.of(theirs, theirs), List.of(theirs, own), List.of(own, theirs))) {
            asked += compare(operation, pair.get(0), pair.get(1), missing, caller, own, wrong);
          }
        }
      }
      forget(caller);
    }
    wrong.assertAll();
    assertThat(asked).isGreaterThan(900);
    assertThat(state()).isEqualTo(before);
  }

  /** Asks for what belongs to others and for what is not there, in the same words. */
  private int compare(Operation operation, TenantWorld world, TenantWorld owners, TenantWorld missing, String[] caller,
      TenantWorld own, SoftAssertions wrong) {
    var path = world.fill(operation.path(), kind(operation), owners);
    boolean below = !world.fill(operation.path(), kind(operation), theirs)
        .equals(world.fill(operation.path(), kind(operation), own));
    if (path.equals(own.fill(operation.path(), kind(operation), own)) || !below && owners != theirs) {
      return 0;
    }
    var nowhere = (world == theirs ? missing : world).fill(operation.path(), kind(operation),
        owners == theirs ? missing : owners);
    int asked = 0;
    for (int i = 0; i < 2; i++) {
      var method = i == 1 && random.nextInt(4) == 0
          ? operation.method().equals("GET") ? "HEAD" : "OPTIONS"
          : operation.method();
      var body = !method.startsWith("P")
          ? null
          : i == 0 ? body(operation, missing) : BODIES.get(random.nextInt(BODIES.size()));
      var query = i == 0 ? "" : QUERIES.get(random.nextInt(QUERIES.size()));
      var base = random.nextBoolean() && !path.contains("/events") ? "//api" : "/";
      var real = exchange(method, path.replace(ResourceRequestMappings.BASE, base.equals("/") ? "" : base) + query,
          body, caller);
      var none = exchange(method, nowhere.replace(ResourceRequestMappings.BASE, base.equals("/") ? "" : base) + query,
          body, caller);
      var asserted = "%s %s%s %s by %s".formatted(method, operation.path(), query, body, List.of(caller));
      wrong.assertThat(told(real, missing)).as(asserted).isEqualTo(told(none, missing));
      if (i == 0) {
        wrong.assertThat(real.statusCode()).as(asserted).isEqualTo(404);
      }
      asked += 2;
    }
    return asked;
  }

  @Test
  void actionsOnManyAndNumbersAreATenantsOwn() {
    var begun = send("POST", "/operations", "{\"action\": \"reconcile\", \"rate\": 100}", OWN);
    assertThat(begun.at("/matched").asInt()).isPositive();
    var path = "/operations/" + begun.text("id");
    for (String[] caller : OTHERS) {
      assertThat(send("GET", "/operations", null, caller).at("/total").asInt()).isZero();
      assertThat(send("GET", path, null, caller).status()).isEqualTo(404);
      assertThat(send("POST", path + "/stop", null, caller).status()).isEqualTo(404);
      assertThat(send("POST", "/operations", "{\"action\": \"reconcile\"}", caller).at("/matched").asInt()).isZero();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> send("GET", "/fleet", null, OWN).at("/total").asInt() > 0);
    for (String[] caller : OTHERS) {
      var fleet = send("GET", "/fleet", null, caller);
      assertThat(fleet.at("/total").asInt()).isZero();
      assertThat(fleet.at("/oldest_not_ready")).isEmpty();
      assertThat(fleet.body().has("outbox")).isFalse();
    }
    assertThat(send("GET", "/fleet", null, SYSTEM).body().has("outbox")).isTrue();
  }

  @Test
  void listsShowAndCountOnesOwnOnly() {
    var wrong = new SoftAssertions();
    for (String[] caller : OTHERS) {
      for (Operation operation : operations.stream().filter(operation -> about(operation) == About.MANY).toList()) {
        for (String query : Stream.concat(QUERIES.stream(), hostileQueries()).toList()) {
          var answer = exchange("GET", "/" + operation.path() + query, null, caller);
          var asked = operation.path() + query + " by " + List.of(caller);
          wrong.assertThat(answer.statusCode()).as(asked).isLessThan(500);
          wrong.assertThat(answer.body()).as(asked).doesNotContain("\"secret\"").doesNotContain("\"o1\"")
              .doesNotContainPattern("\"total\": ?[1-9]").doesNotContain("\"items\":[{");
        }
      }
    }
    wrong.assertAll();
    assertThat(send("GET", "/resources", null, OWN).at("/total").asInt()).isEqualTo(11);
    assertThat(send("GET", "/events", null, OWN).at("/total").asInt()).isEqualTo(11);
    assertThat(send("GET", "/resources", null, SYSTEM).at("/total").asInt()).isEqualTo(11);
    assertThat(send("GET", "/events", null, SYSTEM).at("/total").asInt()).isEqualTo(11);
  }

  private Stream<String> hostileQueries() {
    return theirs.ids().values().stream()
        .flatMap(id -> Stream.of("search=id = '" + id + "'", "aggregate_id=" + id, "due=false&after="
            + "00000000-0000-7000-8000-000000000000", "kind=Cluster", "search=spec.region = 'r1' or name like 's%'",
            "search=name = 'x') or (name = 'secret'", "ref_type=wif&ref_target_id=" + id, "published=false",
            "status=pending"))
        .distinct()
        .map(query -> "?" + Arrays.stream(query.split("&")).map(part -> part.substring(0, part.indexOf('=') + 1)
            + URLEncoder.encode(part.substring(part.indexOf('=') + 1), UTF_8)).collect(Collectors.joining("&")));
  }

  @Test
  void namesOfOthersAreFreeAndTheirResourcesCannotBeReferredTo() throws Exception {
    for (String[] caller : OTHERS) {
      // All of it under the names that are taken.
      var own = TenantWorld.create(this, caller);
      var missing = TenantWorld.missing();
      var service = "/services/" + own.id("Service");
      for (String path : List.of("/services", "/resources", service)) {
        var method = path.equals(service) ? "PATCH" : "POST";
        var fields = path.equals(service) ? List.of("kind", "name", "spec") : List.<String>of();
        var refused = exchange(method, path, without(fields, theirs.body("Service", "other")), caller);
        var unknown = exchange(method, path, without(fields, missing.body("Service", "other")), caller);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("not found");
        assertThat(told(refused, missing)).isEqualTo(told(unknown, missing));
      }
      forget(caller);
    }
  }

  private String without(List<String> fields, String body) throws JsonProcessingException {
    return ((ObjectNode) json.readTree(body)).without(fields).toString();
  }

  @Test
  void eventsAboutOthersAreRejectedLikeThoseAboutNothing() {
    var before = state();
    for (String[] caller : OTHERS) {
      for (String kind : List.of("Cluster", "NodePool", "Service")) {
        var missing = TenantWorld.missing();
        for (String template : List.of("{'aggregate_type': 'KIND', 'aggregate_id': 'ID'}",
            "{'resourceType': 'KIND', 'resourceId': 'ID'}",
            "{'aggregate_type': 'KIND', 'aggregate_id': 'ID', 'generation': 99}",
            "{'items': [{'aggregate_type': 'KIND', 'aggregate_id': "
                + "'ID'}, {'aggregate_type': 'KIND', 'aggregate_id': 'ID', 'next_event_time': '2026-01-31T12:00:00Z'}]}")) {
          var body = template.replace('\'', '"').replace("KIND", kind);
          var real = exchange("POST", "/events", body.replace("ID", theirs.id(kind)), caller);
          assertThat(told(real, missing))
              .isEqualTo(told(exchange("POST", "/events", body.replace("ID", missing.id(kind)), caller), missing));
          assertThat(real.body()).contains("not found").doesNotContain("accepted");
        }
      }
    }
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void itsOwnTenantAndSystemsAreLetThroughAndNobodysAreNot() {
    var wrong = new SoftAssertions();
    for (Operation operation : operations) {
      var path = "/" + theirs.fill(operation.path(), kind(operation), theirs);
      var body = operation.method().startsWith("P") ? body(operation, theirs) : null;
      boolean writes = !operation.method().equals("GET");
      boolean reports = writes && operation.path().matches(".*/status(es)?|.*/v1/events");
      if (operation.secured()) {
        wrong.assertThat(exchange(operation.method(), path, body, "X-Nothing", "1").statusCode())
            .as("%s by nobody's", operation).isEqualTo(403);
      }
      int system = exchange(operation.method(), path, body, SYSTEM).statusCode();
      wrong.assertThat(system).as("%s by a system", operation)
          .isIn(writes && !reports ? List.of(403) : List.of(200, 201, 202));
      int own = exchange(operation.method(), path, body, OWN).statusCode();
      // What is not being deleted cannot be forced to go, what is owned or referred to stays, and only what is dead is
      // retried.
      wrong.assertThat(own).as("%s by its tenant", operation)
          .isIn(!writes
              ? List.of(200)
              // Kinds that do not require this adapter have none of that name.
              : operation.path().contains("/adapters/")
                  ? List.of(200, 202, 404, 409)
                  : List.of(200, 201, 202, 204, 400, 409, 422));
      if (operation.method().equals("DELETE")) {
        empty();
        theirs = TenantWorld.create(this, OWN);
      }
    }
    wrong.assertAll();
  }

  private static String body(Operation operation, TenantWorld world) {
    if (operation.path().matches(".*/status(es)?")) {
      return reportBody("any", 1, "True", Instant.now(), "");
    }
    return switch (operation.path().substring(operation.path().lastIndexOf('/') + 1)) {
      case "force-delete" -> "{\"reason\": \"gone\"}";
      case "revision" -> "{\"revision\": \"" + "0".repeat(64) + "\"}";
      case "events" -> "{\"aggregate_id\": \"" + world.id("Cluster") + "\"}";
      case "nodepools" -> world.body("NodePool", "new");
      case "clusters", "resources" -> world.body("Cluster", "new");
      default ->
        operation.method().equals("PATCH") ? "{\"labels\": {\"a\": \"b\"}}" : world.body(kind(operation), "new");
    };
  }

  /** An answer without what differs from one to the next: ids that were asked for, the request's own id, and times. */
  private Map<String, String> told(HttpResponse<String> answer, TenantWorld missing) {
    var told = new TreeMap<String, String>();
    answer.headers().map().forEach((name, values) -> told.put(name.toLowerCase(), values.toString()));
    told.keySet().removeAll(OWN_HEADERS);
    var body = answer.body();
    for (String id : Stream.concat(theirs.ids().values().stream(), missing.ids().values().stream()).toList()) {
      body = body.replace(id, "ID");
    }
    // A time has as many digits as it needs, and a list of more bytes is told by its length.
    told.computeIfPresent("content-length", (name, length) -> "");
    told.put("body", body.replaceAll("\"(timestamp|trace_id|event_id)\":\"[^\"]*\"", "$1"));
    told.put("status", String.valueOf(answer.statusCode()));
    return told;
  }

  /** Everything of the tenant, as it stands in the database. */
  private List<String> state() {
    var rows = new ArrayList<String>();
    for (String table : List.of("resources t where true", "resource_schedules t where true",
        "resource_labels t where true",
        "resource_references t where true", "adapter_statuses t where true", "outbox t where true")) {
      rows.addAll(jdbc.sql("select t::text from " + table + " and t::text ~ ? order by 1")
          .param(String.join("|", theirs.ids().values()))
          .query(String.class).list());
    }
    return rows;
  }

  private void forget(String... caller) {
    var org = jdbc.sql("select id::text from resources where tenancy <> '{\"org\": \"o1\"}'").query(String.class)
        .list();
    assertThat(org).as("made by %s", List.of(caller)).isNotEmpty();
    jdbc.sql("delete from outbox where aggregate_id = any (?)").param(org.toArray(String[]::new)).update();
    jdbc.sql("delete from resource_references where source_id::text = any (?)").param(org.toArray(String[]::new))
        .update();
    jdbc.sql("delete from resources where tenancy <> '{\"org\": \"o1\"}'").update();
  }

  private static About about(Operation operation) {
    var about = ROWS.get(row(operation));
    return operation.path().contains("{") && about != About.OWN_TEST ? About.ONE : about;
  }

  /**
   * A kind that configuration adds has the operations of /resources, and those that create and list it below its owner.
   */
  private static String row(Operation operation) {
    return operation.id().replaceFirst("Of(Flat)?" + kind(operation) + "$", "");
  }

  private static String kind(Operation operation) {
    return operation.definition().path("x-kind").asText("");
  }
}
