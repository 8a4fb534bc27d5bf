package io.hyperfleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.hyperfleet.api.Contract.Operation;
import io.hyperfleet.api.Contract;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: every operation of the contract, by every kind of caller. */
class RightsHttpIT extends TokenApiIT {

  /** What a caller sends to be known, and what is open to it. */
  private record Caller(String name, boolean reads, boolean reports, boolean changes, String... headers) {

    boolean may(Operation operation) {
      boolean report = operation.path().matches(".*/status(es)?|.*/v1/events")
          && operation.method().matches("PUT|POST");
      boolean announcement = operation.path().contains("/announcements/");
      return operation.method().equals("GET")
          ? reads
          : announcement
              ? reports && !changes
              : report || operation.path().matches(".*/adapters/[^/]+/(rollback|halt|resume)") ? reports : changes;
    }
  }

  private static final List<Caller> CALLERS = List.of(
      new Caller("nobody", false, false, false, "X-Nothing", "1"),
      new Caller("nobody who claims to be somebody", false, false, false, "X-User", "root", "X-System", "true",
          "X-Forwarded-User", "root", "X-Remote-User", "root", "X-Forwarded-For", "127.0.0.1"),
      new Caller("expired", false, false, false, "Authorization", "Bearer " + ISSUER.token(JWSAlgorithm.RS256,
          claims -> claims.claim("email", "user@example.com").expirationTime(new Date(0)))),
      new Caller("nameless", true, false, false, "Authorization",
          "Bearer " + ISSUER.token(JWSAlgorithm.RS256, claims -> claims)),
      new Caller("user", true, true, true, "Authorization", "Bearer " + USER),
      new Caller("system", true, true, false, "Authorization", "Bearer " + SYSTEM),
      new Caller("system behind a gateway", true, true, false, "Authorization", "Bearer " + USER, "X-System", "true"),
      new Caller("system that spoofs", true, true, false, "Authorization", "Bearer " + SYSTEM, "X-System", "false",
          "X-User",
          "root", "X-HTTP-Method-Override", "GET", "X-Original-URL", "/api/hyperfleet/v1/events", "X-Rewrite-URL",
          "/api/hyperfleet/v1/events", "X-Tenant", "other", "X-Org", "other"));

  /** Whoever brings a token has to bring a good one, even to what is open to all. */
  private static final List<Caller> OPEN_TO = CALLERS.stream().filter(caller -> !caller.name().equals("expired"))
      .toList();

  @Test
  void everyOperationAsksWhoCalls() {
    var operations = new Contract(get("/openapi").body()).operations();
    var id = as(USER, "POST", "/clusters", cluster("demo")).text("id");
    var wrong = new SoftAssertions();
    var seen = new ArrayList<String>();
    for (Operation operation : operations) {
      // Another one than that which others still need; what matters is who is let through to the 404.
      var path = "/" + operation.path().replaceAll("\\{[a-z_]+}", operation.method().equals("GET") ? id : "no-such-id");
      for (Caller caller : operation.secured() ? CALLERS : OPEN_TO) {
        int status = exchange(operation.method(), path, operation.method().startsWith("P") ? "{}" : null,
            caller.headers())
            .statusCode();
        boolean letThrough = status != 401 && status != 403;
        wrong.assertThat(letThrough).as("%s by %s: %d", operation, caller.name(), status)
            .isEqualTo(!operation.secured() || caller.may(operation));
        seen.add(operation.method() + " " + letThrough);
      }
    }
    wrong.assertAll();
    assertThat(operations).hasSizeGreaterThan(50);
    assertThat(seen).contains("GET false", "GET true", "DELETE false", "DELETE true", "PUT false", "PUT true");
  }

  @ParameterizedTest
  @CsvSource({
      "GET, /clusters, 200", "GET, /clusters/ID, 200", "GET, /clusters?due=true, 200", "GET, /events, 200",
      "PUT, /clusters/ID/statuses, 400", "POST, /clusters/ID/status, 400", "POST, /events, 400", "POST, /events/, 400",
      "POST, /clusters, 403", "PATCH, /clusters/ID, 403", "DELETE, /clusters/ID, 403",
      "POST, /clusters/ID/force-delete, 403", "POST, /clusters/ID/nodepools, 403", "PATCH, /nodepools/ID, 403",
      "DELETE, /nodepools/ID, 403", "POST, /resources, 403", "PATCH, /resources/ID, 403", "DELETE, /resources/ID, 403",
      "POST, /clusters/ID/adapters/dns/retry, 403", "POST, /operations, 403", "POST, /operations/ID/stop, 403",
      "PUT, /clusters/ID/adapters/dns/revision, 403", "DELETE, /clusters/ID/adapters/dns/revision, 403",
      "POST, /adapters/dns/halt, 409", "POST, /adapters/dns/resume, 409",
      "PUT, /announcements/one, 400", "PUT, /announcements/status, 400",
      "PUT, /announcements/one/revisions/dns/0, 400",
      "POST, /events/ID/retry, 403", "DELETE, /clusters/ID/statuses, 403", "PATCH, /clusters/ID/status, 403"})
  void letsSystemsReportAndAskForEventsOnly(String method, String path, int status) {
    var here = path.replace("ID", id());
    var body = method.startsWith("P") ? "{}" : null;

    assertThat(as(SYSTEM, method, here, body).status()).isEqualTo(status);
    var throughGateway = send(method, here, body, "Authorization", "Bearer " + USER, "X-System", "true");
    assertThat(throughGateway.status()).isEqualTo(status);
    if (status == 403) {
      assertThat(throughGateway.text("code")).isEqualTo("HYPERFLEET-AUZ-001");
      assertThat(throughGateway.header("content-type")).isEqualTo("application/problem+json");
    }
  }

  @ParameterizedTest
  @CsvSource({"DELETE, /clusters/ID/statuses/../../ID", "DELETE, /clusters/ID/./status/..",
      "DELETE, /clusters/ID;/status",
      "DELETE, /clusters/ID%2Fstatus", "DELETE, /clusters/ID%2e", "PATCH, /clusters/ID?x=/status",
      "PATCH, /clusters/ID#/status",
      "delete, /clusters/ID", "POST, /events/../clusters", "POST, /clusters/?/events", "POST, //clusters/status"})
  void noSpellingOfAPathOpensMore(String method, String path) {
    var id = id();

    var answer = exchange(method, path.replace("ID", id), method.startsWith("P") ? cluster("sneaked") : null,
        "Authorization", "Bearer " + SYSTEM);

    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(as(USER, "GET", "/clusters/" + id, null).at("/generation").asInt()).isEqualTo(1);
    assertThat(as(USER, "GET", "/clusters", null).at("/total").asInt()).isEqualTo(1);
  }
}
