package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.revision.Revision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Resources of tenants whom a gateway names, and system identities that belong to none. */
class TenancyHttpIT extends TenantApiIT {

  @Test
  void keepsWhoseAResourceIs() {
    var created = as("POST", "/clusters", cluster("demo"), "X-Org", "a");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/tenancy").toString()).isEqualTo("{\"org\":\"a\"}");
    var path = "/clusters/" + created.text("id");
    assertThat(as("PATCH", path, "{\"tenancy\": {}}", "X-Org", "a").text("code")).isEqualTo("HYPERFLEET-VAL-006");
    assertThat(as("GET", path, null, "X-Org", "a").body()).isEqualTo(created.body());
  }

  @Test
  void letsTenantsUseTheSameName() {
    assertThat(as("POST", "/clusters", cluster("demo"), "X-Org", "a").status()).isEqualTo(201);

    assertThat(as("POST", "/clusters", cluster("demo"), "X-Org", "b").status()).isEqualTo(201);
    assertThat(as("POST", "/clusters", cluster("demo"), "X-Org", "a").text("code")).isEqualTo("HYPERFLEET-CNF-001");
  }

  @Test
  void refusesWhoeverBelongsToNoTenant() {
    for (var answer : new Answer[]{get("/clusters"), post("/clusters", cluster("demo")),
        as("GET", "/clusters", null, "X-Org", "a b")}) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text("code")).isEqualTo("HYPERFLEET-AUZ-001");
    }
    assertThat(get("//api/hyperfleet").status()).isEqualTo(200);
    assertThat(get("/openapi").status()).isEqualTo(200);
    assertThat(get("/nowhere").status()).isEqualTo(404);
  }

  @Test
  void letsSystemIdentitiesReadAndReport() {
    var id = as("POST", "/clusters", cluster("demo"), "X-Org", "a").text("id");

    assertThat(as("GET", "/clusters/" + id, null, "X-System", "true").status()).isEqualTo(200);
    assertThat(as("PUT", "/clusters/" + id + "/statuses", reportBody("dns", 1, "True", Instant.now(), ""),
        "X-System", "true").status()).isEqualTo(201);
    assertThat(as("POST", "/events", "{\"aggregate_id\": \"" + id + "\"}", "X-System", "true").status())
        .isEqualTo(202);
    assertThat(as("POST", "/clusters", cluster("other"), "X-System", "true").status()).isEqualTo(403);
  }

  @Test
  void showsTenantsTheDigestsOfRevisionsAndNotTheirContent() {
    var revision = Revision.ofContent("{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"}}}");
    var path = "/adapters/dns/revisions/" + revision.digest();
    as("PUT", "/announcements/one", "{\"adapters\": [{\"name\": \"dns\", \"digest\": \"" + revision.digest() + "\"}]}",
        "X-System", "true");
    assertThat(
        as("PUT", "/announcements/one/revisions/dns/" + revision.digest(), revision.content(), "X-System", "true")
            .status())
        .isEqualTo(204);

    assertThat(as("GET", path, null, "X-System", "true").at("/content").toString()).isEqualTo(revision.content());
    assertThat(as("GET", path, null, "X-Org", "a").at("/complete").asBoolean()).isTrue();
    assertThat(as("GET", path, null, "X-Org", "a").body().has("content")).isFalse();
    assertThat(as("GET", "/adapters/dns/revisions", null, "X-Org", "a").at("/items").findValuesAsText("digest"))
        .contains(revision.digest());
  }

  /** A rollout concerns every tenant, a pin the resource alone. */
  @Test
  void letsTenantsPinTheirResourcesAndNothingElseOfARollout() {
    var id = as("POST", "/clusters", cluster("pinned"), "X-Org", "a").text("id");
    for (String action : new String[]{"halt", "resume", "rollback"}) {
      assertThat(as("POST", "/adapters/dns/" + action, "{}", "X-Org", "a").text("code")).as(action)
          .isEqualTo("HYPERFLEET-AUZ-001");
      assertThat(as("POST", "/adapters/dns/" + action, "{}", "X-System", "true").status()).as(action)
          .isIn(202, 404, 409);
    }
    var path = "/clusters/" + id + "/adapters/dns/revision";
    var body = "{\"revision\": \"" + "0".repeat(64) + "\"}";
    assertThat(as("PUT", path, body, "X-Org", "b").at("/detail").asText()).contains(id, "not found");
    assertThat(as("DELETE", path, null, "X-Org", "b").at("/detail").asText()).contains(id, "not found");
    assertThat(as("DELETE", path, null, "X-Org", "a").at("/detail").asText()).contains("is not pinned");
  }

  private Answer as(String method, String path, String body, String header, String value) {
    return send(method, path, body, header, value);
  }
}
