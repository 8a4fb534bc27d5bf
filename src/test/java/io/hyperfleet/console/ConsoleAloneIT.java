package io.hyperfleet.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.hyperfleet.local.LocalFleet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A process with the role console and nothing else, and an API that comes and goes. */
class ConsoleAloneIT {

  private static final String ID = "01a1fd4b-c751-7000-bf77-ae55575deca4";
  private static final String CLUSTER = """
      {"id": "%s", "kind": "Cluster", "name": "demo", "generation": 1, "spec": {},
       "status": {"phase": "Ready", "conditions": []}, "adapter_statuses": []}""".formatted(ID);

  private static String answer(String what) {
    if (what.contains("/resources?")) {
      return "{\"total\": 1, \"items\": [" + (what.contains("NotReady") ? "" : CLUSTER) + "]}";
    }
    return what.contains("/resources/" + ID + "?") ? CLUSTER : "404 {\"code\": \"HYPERFLEET-NTF-000\"}";
  }

  private static CannedApi api(int port) {
    var api = new CannedApi(port);
    api.answers(ConsoleAloneIT::answer);
    return api;
  }

  @Test
  void itNeedsNoDatabaseAndIsReadyWithoutTheApi() throws Exception {
    int port = LocalFleet.freePort();
    try (var fleet = LocalFleet.start("hyperfleet.roles=console", "hyperfleet.console.api-url=http://localhost:" + port,
        "hyperfleet.console.refresh=200ms")) {
      assertThat(fleet.context().getBeansOfType(DataSource.class)).isEmpty();
      assertThat(fleet.management("/readyz").status()).isEqualTo(200);
      assertThat(page(fleet, "/api/hyperfleet/v1/clusters")).startsWith("404");
      assertThat(page(fleet, "/console/")).startsWith("503").contains("The API cannot be reached at")
          .contains("This page retries automatically.");
      try (var api = api(port)) {
        assertThat(page(fleet, "/console/")).startsWith("200").contains("demo");
        assertThat(api.asked()).allSatisfy(asked -> assertThat(asked.authorization()).isNull());
      }
      inABrowser(fleet, port);
    }
  }

  private static String page(LocalFleet fleet, String path) throws Exception {
    var answer = HttpClient.newHttpClient().send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + fleet.apiPort() + path)).build(),
        BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** What is shown stays while the API is away, and goes on when it is back. */
  private static void inABrowser(LocalFleet fleet, int port) {
    try (var browser = new Browser("http://localhost:" + fleet.apiPort() + "/")) {
      var page = browser.window(1280, ColorScheme.LIGHT);
      page.navigate("http://localhost:" + fleet.apiPort() + "/console/");
      assertThat(page.locator("#said")).containsText("The API cannot be reached");
      try (var api = api(port)) {
        assertThat(page.locator("#r-" + ID)).isVisible();
      }
      assertThat(page.locator("#notice")).containsText("The data shown may be out of date");
      assertThat(page.locator("#r-" + ID)).isVisible();
      try (var api = api(port)) {
        assertThat(page.locator("#notice")).isEmpty();
        assertThat(page.locator("#r-" + ID)).isVisible();
      }
    }
  }
}
