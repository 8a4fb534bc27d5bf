package io.hyperfleet.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console beside a whole fleet, asked over HTTP and looked at in a real browser. */
class ConsoleIT {

  private static final int FLEET = 50;
  private static final Duration LONG = Duration.ofMinutes(2);

  /** The cluster decides what becomes of its Job; the second attempt finds what was missing. */
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      metadata:
        annotations:
          local.hyperfleet.io/fail: "${has(resources.job) ? '' : cluster.spec.?fail.orValue('')}"
          local.hyperfleet.io/stuck: "${cluster.spec.?stuck.orValue('')}"
          local.hyperfleet.io/duration: "${cluster.spec.?duration.orValue('')}"
      spec:
        backoffLimit: 0
        template:
          spec:
            restartPolicy: Never
            containers:
              - name: validate
                image: busybox:1.36
                command: ["true"]
      """;

  private static final String ADAPTER = """
      apiVersion: hyperfleet.io/v1
      kind: Adapter
      metadata:
        name: validation
      spec:
        template: job-adapter
        for: Cluster
        manifest: job.yaml
      """;

  private static LocalFleet fleet;
  private static Path job;
  private static String console;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start(@TempDir Path folders) throws IOException {
    var folder = Files.createDirectories(folders.resolve("validation"));
    Files.writeString(folder.resolve("adapter.yaml"), ADAPTER);
    job = Files.writeString(folder.resolve("job.yaml"), JOB);
    var broken = Files.createDirectories(folders.resolve("backup")).resolve("adapter.yaml");
    Files.writeString(broken, ADAPTER.replace("validation", "backup").replace("manifest:", "manifst:"));
    fleet = LocalFleet.start("hyperfleet.roles=api,outbox,sentinel,adapters,console",
        "hyperfleet.adapters.location=" + folders, "hyperfleet.adapters.reload-interval=100ms");
    console = "http://localhost:" + fleet.apiPort() + "/console/";
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(console).resolve(path));
  }

  @Test
  void theRootLeadsToTheFleet() throws Exception {
    var answer = send(at("/"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/console/");
    assertThat(send(at("/console")).headers().firstValue("Location")).hasValue("/console/");
  }

  @Test
  void browsersAreToldWhatPagesMayDo() throws Exception {
    var page = send(at("/console/"));

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'")
        .contains("script-src 'self';").contains("style-src 'self';").contains("form-action 'self'")
        .contains("frame-ancestors 'none'").doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(page.body()).doesNotContain("<style").doesNotContain(" style=")
        .doesNotContainPattern("<script[^>]*>[^<]")
        .doesNotContainPattern(" on[a-z]+=");
    var script = page.body().replaceAll("(?s).*src=\"(/console/static/console-[^\"]*)\".*", "$1");
    assertThat(send(at(script)).headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
  }

  @Test
  void anActionNeedsTheTokenOfThePage() throws Exception {
    var id = fleet.createCluster("forged");
    var path = "/console/resources/" + id + "/pause";

    var forged = send(at(path).POST(BodyPublishers.noBody()).header("Origin", "https://evil.example"));
    var page = send(at("/console/resources/" + id));
    var cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
    var token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
    var other = send(at(path).POST(BodyPublishers.ofString("_csrf=" + token))
        .header("Content-Type", "application/x-www-form-urlencoded"));
    var good = send(at(path).POST(BodyPublishers.ofString("_csrf=" + token))
        .header("Content-Type", "application/x-www-form-urlencoded").header("Cookie", cookie.split(";")[0]));

    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/console");
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(good.statusCode()).isEqualTo(302);
    assertThat(good.headers().firstValue("Location")).hasValue("/console/resources/" + id);
    assertThat(fleet.get("/clusters/" + id).body().path("paused").asBoolean()).isTrue();
    fleet.delete("/clusters/" + id);
    fleet.post("/clusters/" + id + "/force-delete", "{\"reason\": \"it was a test\"}");
  }

  @Test
  void anOperatorFindsWhatIsStuckAndMendsIt() {
    try (var browser = new Browser("http://localhost:" + fleet.apiPort() + "/")) {
      var page = browser.window(1280, ColorScheme.LIGHT);
      page.navigate(console);
      for (int i : IntStream.rangeClosed(1, FLEET - 3).toArray()) {
        fleet.createCluster("cluster-%02d".formatted(i));
      }
      var noQuota = create("no-quota", "{\"fail\": \"no quota in europe-west1\"}");
      var gone = create("gone", "{\"stuck\": \"Unschedulable\"}");
      var held = create("held", "{\"duration\": \"3s\"}");
      fleet.patch("/clusters/" + held, "{\"paused\": true}");
      await().atMost(LONG).until(() -> fleet.condition(gone, "validation", "Available").startsWith("Unknown"));
      fleet.kubernetes().batch().v1().jobs().inAnyNamespace().withLabel("hyperfleet.io/cluster-id", gone).delete();

      findThem(page, noQuota, gone, held);
      readingIsNotDisturbed(page, noQuota);
      mendThem(page, noQuota, gone, held);
      steerMany(page);
      publishDeadEvents(page, held);
      others(page, browser);

      assertThat(browser.said()).isEmpty();
    }
  }

  private static String create(String name, String spec) {
    var answer = fleet.post("/clusters", "{\"kind\": \"Cluster\", \"name\": \"" + name + "\", \"spec\": " + spec + "}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  private static Locator row(Page page, String id) {
    return page.locator("#r-" + id);
  }

  private static void findThem(Page page, String noQuota, String gone, String held) {
    await().atMost(LONG).until(() -> fleet.get("/clusters?status=Ready&size=1").body().path("total").asInt(),
        ready -> ready == FLEET - 3);
    await().atMost(LONG).until(() -> fleet.condition(gone, "validation", "Available").contains("JobGone"));
    page.navigate(console);
    assertThat(row(page, noQuota)).containsText("no quota in europe-west1");
    assertThat(row(page, gone)).containsText("disappeared before its outcome was seen");
    assertThat(row(page, held)).containsText("Paused");
    assertThat(page.locator("tbody tr")).hasCount(FLEET);
    var first = page.locator("tbody tr").all().subList(0, 3).stream().map(line -> line.getAttribute("id")).toList();
    assertThat(first).containsExactlyInAnyOrder("r-" + noQuota, "r-" + gone, "r-" + held);
    assertThat(row(page, noQuota).locator(".cell .state-red")).hasAttribute("title",
        Pattern.compile("validation: failed \\(JobFailed\\) since .*no quota.*"));
    assertThat(page.locator(".counts").first()).containsText("3 not Ready");
    Browser.picture(page, "console-fleet");
  }

  /** Rows, scrolling, focus and what is selected stay through two looks at what is new. */
  private static void readingIsNotDisturbed(Page page, String id) {
    var link = page.locator("#a-" + id);
    link.focus();
    page.evaluate("() => { window.scrollTo(0, 150); window.before = document.activeElement; }");
    for (int look = 0; look < 2; look++) {
      page.waitForResponse(answer -> answer.url().contains("ids="), () -> {});
    }
    page.waitForFunction("() => document.activeElement === window.before && window.scrollY === 150");
    page.locator("#text").fill("no-quo");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("#text")).isFocused();
    assertThat(page.url()).contains("text=no-quo");
  }

  private static void mendThem(Page page, String noQuota, String gone, String held) {
    page.locator("#a-" + noQuota).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#why")).containsText("no quota in europe-west1");
    assertThat(page.locator("#adapter-validation")).containsText("kubectl -n");
    Browser.picture(page, "console-cluster");
    page.locator("#retry-validation").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#outcome")).containsText("attempt 2");
    assertThat(page.locator("h1")).containsText("Ready");
    assertThat(page.locator("#why")).containsText("Every required adapter is Available");
    assertThat(page.locator(".history")).containsText("requested retry of validation, attempt 2");

    settle();
    page.navigate(console + "resources/" + gone);
    page.locator("#retry-validation").click();
    assertThat(page.locator("#why")).containsText("Every required adapter is Available");

    page.navigate(console + "resources/" + held);
    assertThat(page.locator("#why")).containsText("Paused");
    assertThat(page.locator("#reconcile")).isDisabled();
    page.locator("#resume").click();
    assertThat(page.locator("#pause")).isVisible();
    assertThat(page.locator("#why")).containsText("Every required adapter is Available");
  }

  /** One operation for what the filter finds, and one that takes longer, which is stopped. */
  private static void steerMany(Page page) {
    page.onDialog(Dialog::accept);
    page.navigate(console + "?text=cluster-01");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.locator("#reconcile-all").click();
    var operations = page.locator(".operations li");
    assertThat(operations).hasCount(1);
    assertThat(operations).containsText("reconcile for Cluster where (name ilike '%cluster-01%')");
    assertThat(operations).containsText("1 of 1 handled, 1 done");
    assertThat(page.locator("#text")).hasValue("cluster-01");

    assertThat(fleet.post("/operations", "{\"action\": \"reconcile\", \"rate\": 1}").status()).isEqualTo(202);
    page.navigate(console + "?text=cluster-01");
    operations.getByRole(AriaRole.BUTTON).click();
    assertThat(page.locator("#outcome")).containsText("completed steps are kept");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(operations.first()).containsText("stopped");
    assertThat(operations.getByRole(AriaRole.BUTTON)).hasCount(0);
  }

  private static void publishDeadEvents(Page page, String id) {
    var jdbc = fleet.context().getBean(JdbcClient.class);
    jdbc.sql("""
        update outbox set state = 'dead', published = false, last_error = 'NOT_FOUND: no such topic'
        where event_id = (select event_id from outbox where aggregate_id = :id order by created_time desc limit 1)""")
        .param("id", id).update();
    page.navigate(console + "outbox");
    var dead = page.locator("section").first();
    assertThat(dead.locator("tbody tr")).containsText("NOT_FOUND: no such topic");
    Browser.picture(page, "console-outbox");
    dead.getByRole(AriaRole.BUTTON).click();
    assertThat(page.locator("#outcome")).containsText("will be published again");
    assertThat(dead.locator("tbody tr")).hasCount(0);
    await().atMost(LONG).until(() -> fleet.get("/events?status=dead").body().path("total").asInt() == 0
        && fleet.get("/events?status=pending").body().path("total").asInt() == 0);
  }

  /** The adapter's author takes out what kept Jobs from running. */
  private static void settle() {
    var before = revision();
    try {
      Files.writeString(job, JOB.replaceAll("(?m)^.*/stuck:.*\n", ""));
      await().atMost(LONG).until(() -> !revision().equals(before));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String revision() {
    return fleet.get("/adapters/validation").body().path("revision").asText();
  }

  private static void others(Page page, Browser browser) {
    page.navigate(console + "adapters");
    assertThat(page.locator("#adapter-backup")).containsText("broken");
    assertThat(page.locator("#adapter-dns")).not().containsText("broken");
    assertThat(page.locator("#adapter-dns")).containsText("available");
    assertThat(page.locator("#live section")).containsText("adapter.yaml:8");
    assertThat(page.locator("#live section")).containsText("spec.manifst: unknown key");
    Browser.picture(page, "console-adapters");
    page.navigate(console + "outbox");
    assertThat(page.locator("h1")).hasText("Outbox");
    var narrow = browser.window(375, ColorScheme.DARK);
    for (var path : new String[]{"", "adapters", "outbox"}) {
      narrow.navigate(console + path);
      assertThat(narrow.locator("html")).hasClass("pf-v6-theme-dark");
      assertThat(narrow.evaluate("() => document.documentElement.scrollWidth"))
          .as(path).isEqualTo(375);
    }
    narrow.navigate(console);
    Browser.picture(narrow, "console-narrow");
  }
}
