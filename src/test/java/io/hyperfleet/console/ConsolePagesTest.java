package io.hyperfleet.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.auth.AuthProperties;
import io.hyperfleet.hostile.HostileTexts;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** What the pages make of the API's answers: whatever is in them stays text. */
class ConsolePagesTest {

  private static final CannedApi API = new CannedApi();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "01a1fd4b-c751-7000-bf77-ae55575deca4";
  private static final int CASES = 300;

  /** A tag as the templates write it; everything else that begins with {@code <} has come in from outside. */
  private static final Pattern TAG = Pattern
      .compile("<(!DOCTYPE html|/?[a-z][a-z0-9]*)((?:\\s+[a-z][a-z-]*(?:=(?:\"[^\"<]*\"|'[^'<]*'))?)*)\\s*/?>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z][a-z-]*)(?:=(?:\"([^\"]*)\"|'([^']*)'))?");

  private static final List<String> MARKUP = List.of("\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
      "</title><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)",
      "javascript:alert(1)", "<!--", "-->", "]]>", "</pre></main>", "[[${7*7}]]", "[(${7*7})]", "__${7*7}__",
      "${T(java.lang.Runtime).getRuntime()}", "*{name}", "~{layout}", "@{/x}", "|x|", "hx-get=\"//evil.example\"",
      "data-hx-on:click=\"x\"", "&lt;script&gt;", "&#x27;", "<base href=//evil.example>", "<meta http-equiv=refresh>",
      "style=\"background:url(//evil.example)\"", "<plaintext>", "<a href=\"\u0001javascript:x\">");

  private static final MockMvc PAGES = pages(new UserToken(null, List.of("X-Tenant", "Authorization")));

  @AfterAll
  static void close() {
    API.close();
  }

  private static MockMvc pages(UserToken tokens) {
    var api = new ConsoleApi(URI.create(API.url()), Duration.ofSeconds(5), null, JSON);
    var templates = new ClassLoaderTemplateResolver();
    templates.setPrefix("console/pages/");
    templates.setSuffix(".html");
    var engine = new SpringTemplateEngine();
    engine.setTemplateResolver(templates);
    var views = new ThymeleafViewResolver();
    views.setTemplateEngine(engine);
    views.setCharacterEncoding("UTF-8");
    var properties = new ConsoleProperties("", Duration.ofSeconds(5), Duration.ofSeconds(2), List.of(),
        new ConsoleProperties.Login(null, null, null, List.of("openid")));
    return MockMvcBuilders.standaloneSetup(new FleetPage(api, tokens), new ResourcePage(api, tokens),
        new AdaptersPage(api, tokens), new OutboxPage(api, tokens), new SignPage())
        .setControllerAdvice(new ConsoleAdvice(properties, new AuthProperties(false, null, List.of())))
        .setViewResolvers(views).build();
  }

  private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
    return PAGES.perform(request).andReturn().getResponse();
  }

  private String page(String path) throws Exception {
    var answer = ask(get(URI.create(path)));
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
    return answer.getContentAsString();
  }

  /** Everything that a user, an adapter or a broker can write, in answers of the API. */
  private static String world(String what, Texts texts) {
    if (what.contains("/events")) {
      return list(Map.ofEntries(Map.entry("event_id", texts.next()), Map.entry("aggregate_type", texts.next()),
          Map.entry("aggregate_id", texts.next()), Map.entry("reason", texts.next()),
          Map.entry("last_error", texts.next()), Map.entry("attempts", 3)));
    }
    if (what.contains("/adapters")) {
      var rollout = Map.of("state", "halted", "wave", 1, "waves", 3, "moved", 4, "reason", texts.next(),
          "held_revision", texts.next());
      return list(Map.ofEntries(Map.entry("name", texts.next()), Map.entry("kinds", List.of(texts.next())),
          Map.entry("template", texts.next()), Map.entry("revision", texts.next()), Map.entry("suspended", true),
          Map.entry("wanted_revision", texts.next()), Map.entry("previous_revision", texts.next()),
          Map.entry("rollout", rollout), Map.entry("announcers", 2), Map.entry("resources", Map.of("failed", 2)),
          Map.entry("broken", List.of(Map.of("file", texts.next(), "line", 7, "message", texts.next())))),
          Map.of("name", texts.next(), "rollout", Map.of("state", texts.next())));
    }
    if (what.contains("/history")) {
      return list(Map.of("time", "2026-11-30T14:00:00Z", "type", "report", "adapter", texts.next(), "status", "False",
          "reason", texts.next(), "message", texts.next()),
          Map.of("type", "action", "action", texts.next(), "by", texts.next(), "adapter", texts.next()),
          Map.of("type", "event", "reason", texts.next(), "state", texts.next()), Map.of("type", texts.next()));
    }
    if (what.contains("/operations")) {
      return list(Map.of("id", texts.next(), "action", texts.next(), "kind", texts.next(), "search", texts.next(),
          "adapter", texts.next(), "state", "running", "last_error", texts.next(), "created_by", texts.next()));
    }
    if (what.contains("/fleet")) {
      return text(Map.of("counted_time", "2026-11-30T14:00:00Z",
          "kinds", List.of(Map.of("kind", texts.next(), "total", 1), Map.of("kind", "Cluster", "not_ready", 1)),
          "adapters", List.of(Map.of("name", texts.next(), "kind", "Cluster", "states", Map.of("failed", 2))),
          "outbox", Map.of("pending", 3, "dead", 1), "broken_definitions",
          List.of(Map.of("adapter", texts.next(), "file", texts.next(), "message", texts.next()))));
    }
    return what.contains("/resources?") ? list(resource(texts)) : text(resource(texts));
  }

  private static Map<String, Object> resource(Texts texts) {
    return Map.ofEntries(Map.entry("id", ID), Map.entry("kind", texts.next()), Map.entry("name", texts.next()),
        Map.entry("generation", 3), Map.entry("created_by", texts.next()), Map.entry("deleted_time", texts.next()),
        Map.entry("deleted_by", texts.next()), Map.entry("paused", true), Map.entry("paused_by", texts.next()),
        Map.entry("labels", Map.of(texts.next() + "k", texts.next())),
        Map.entry("spec", Map.of(texts.next() + "s", texts.next())),
        Map.entry("owner_references", Map.of("id", texts.next(), "kind", texts.next())),
        Map.entry("status", Map.of("phase", "NotReady", "observed_generation", 1, "conditions",
            List.of(Map.of("type", "Reconciled", "message", texts.next()),
                Map.of("type", "DnsSuccessful", "reason", texts.next())))),
        Map.entry("adapter_statuses", List.of(report(texts, "a"), report(texts, "b"))));
  }

  private static Map<String, Object> report(Texts texts, String unique) {
    return Map.of("adapter", texts.next() + unique, "observed_generation", 3, "conditions",
        List.of(Map.of("type", "Available", "status", "False", "reason", texts.next(), "message", texts.next(),
            "last_transition_time", texts.next())),
        "metadata", Map.of("job_name", texts.next(), "job_namespace", texts.next()),
        "retry", Map.of("wanted_attempt", 2, "requested_time", texts.next(), "requested_by", texts.next()));
  }

  @SafeVarargs
  private static String list(Map<String, Object>... items) {
    return text(Map.of("total", items.length, "items", items));
  }

  private static String text(Object tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Harmless texts, or others; as many in one answer as in another. */
  private interface Texts {
    String next();
  }

  /** The tags and the names of their attributes, in order. */
  private static List<String> skeleton(String html) {
    var tags = new ArrayList<String>();
    int at = 0;
    while ((at = html.indexOf('<', at)) >= 0) {
      var tag = TAG.matcher(html).region(at, html.length());
      assertThat(tag.lookingAt()).as("markup from outside: %s", html.substring(at, Math.min(html.length(), at + 200)))
          .isTrue();
      var names = new StringBuilder(tag.group(1));
      var attributes = ATTRIBUTE.matcher(tag.group(2));
      while (attributes.find()) {
        names.append(' ').append(attributes.group(1));
        if (List.of("href", "src", "action", "hx-get", "hx-post").contains(attributes.group(1))) {
          assertThat(attributes.group(2)).matches("/console/.*|#main|");
        }
      }
      tags.add(names.toString());
      at = tag.end();
    }
    return tags;
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"/console/, 1", "/console/resources/" + ID + ", 2", "/console/adapters, 3", "/console/outbox, 4"})
  void whatUsersAndAdaptersWriteStaysText(String path, long seed) throws Exception {
    API.answers(what -> world(what, () -> "x Plain text x"));
    var plain = skeleton(page(path));
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      var text = hostile(random);
      API.answers(what -> world(what, () -> text));

      var html = page(path);

      assertThat(skeleton(html)).as(text).isEqualTo(plain);
      assertThat(html).as(text).doesNotContain("49");
    }
  }

  /** Not blank and not of a kind that the page shows in another way than "plain". */
  private static String hostile(Random random) {
    var text = HostileTexts.mixed(random.nextLong(), 1).findFirst().orElseThrow();
    return "x" + text.replace("49", "") + MARKUP.get(random.nextInt(MARKUP.size())) + "x";
  }

  @Tag("long")
  @Test
  void whatIsAskedForIsNoPartOfASearchOrAPath() throws Exception {
    var random = new Random(5);
    for (int i = 0; i < CASES; i++) {
      var text = hostile(random);
      API.answers(what -> world(what, () -> "x Plain text x"));

      var html = ask(get("/console/").param("text", text).param("label", text).param("kind", text)
          .param("adapter", text).param("cell", text).param("state", text).param("after", text).param("next", text)
          .param("ids", text)).getContentAsString();

      skeleton(html);
      for (var asked : API.asked()) {
        var uri = URI.create(asked.what().substring(4));
        assertThat(uri.getPath()).isIn("/resources", "/fleet", "/operations");
        if (uri.getPath().equals("/resources")) {
          assertThat(asked.what()).contains("order=id").containsPattern("size=5[01]&");
          var search = URLDecoder.decode(uri.getRawQuery().replaceFirst(".*search=([^&]*).*", "$1"),
              StandardCharsets.UTF_8);
          assertThat(search.replace("''", "")).matches("(?s)\\(name ilike '[^']*'\\) and labels\\.`[^`]*`.*");
        }
      }
    }
  }

  @Tag("long")
  @Test
  void actionsReachOnlyWhatTheyName() throws Exception {
    var random = new Random(6);
    for (int i = 0; i < CASES; i++) {
      var text = hostile(random).replaceAll("[\\x00-\\x1f\\x7f\\ud800-\\udfff]", "");
      API.answers(what -> world(what, () -> "x Plain text x"));

      ask(post("/console/resources/{id}/adapters/{adapter}/retry", ID, text));

      var asked = API.asked().stream().filter(one -> one.what().startsWith("POST")).findFirst();
      if (asked.isPresent()) {
        assertThat(URI.create(asked.get().what().substring(5)).getRawPath())
            .matches("/resources/" + ID + "/adapters/[^/]+/retry");
      }

      API.answers(what -> world(what, () -> "x Plain text x"));
      ask(post("/console/adapters/{adapter}/rollback", text));
      API.asked().stream().filter(one -> one.what().startsWith("POST /adapters")).forEach(
          one -> assertThat(URI.create(one.what().substring(5)).getRawPath()).matches("/adapters/[^/]+/rollback"));
    }
  }

  @Test
  void problemsOfTheApiAreShownInItsWords() throws Exception {
    API.answers(what -> what.startsWith("POST")
        ? "409 {\"code\":\"HYPERFLEET-CNF-003\",\"title\":\"Conflict\",\"detail\":\"validation is in progress\"}"
        : world(what, () -> "x Plain text x"));

    var part = ask(post("/console/resources/" + ID + "/adapters/validation/retry").header("HX-Request", "true"));
    var back = ask(post("/console/resources/" + ID + "/adapters/validation/retry"));

    assertThat(part.getContentAsString()).contains("validation is in progress").doesNotContain("<html");
    assertThat(back.getStatus()).isEqualTo(302);
    assertThat(back.getRedirectedUrl()).isEqualTo("/console/resources/" + ID);
  }

  @Test
  void rolloutsAreHaltedResumedAndTakenBack() throws Exception {
    API.answers(what -> world(what, () -> "x Plain text x"));

    for (String action : List.of("halt", "resume", "rollback")) {
      var part = ask(post("/console/adapters/dns/" + action).header("HX-Request", "true"));
      assertThat(part.getContentAsString()).contains("id=\"outcome\"", "wave 1 of 3: 4 moved").doesNotContain("<html");
      assertThat(API.asked()).anyMatch(one -> one.what().equals("POST /adapters/dns/" + action));
      assertThat(ask(post("/console/adapters/dns/" + action)).getRedirectedUrl()).isEqualTo("/console/adapters");
    }
    assertThat(ask(post("/console/adapters/dns/delete")).getStatus()).isBetween(400, 405);
  }

  @Test
  void aSearchThatIsWrongIsSaidWhereItWasAsked() throws Exception {
    API.answers(what -> what.contains("/resources")
        ? "400 {\"code\":\"HYPERFLEET-VAL-005\",\"detail\":\"search: unknown column\"}"
        : world(what, () -> "x Plain text x"));

    assertThat(page("/console/?label=x")).contains("search: unknown column").contains("name=\"label\"");
  }

  @Test
  void anOlderApiIsSaidToBeOne() throws Exception {
    API.answers(what -> {
      if (what.contains("include=statuses") && what.contains("/resources?")) {
        return "400 {\"detail\":\"include\"}";
      }
      return what.contains("/resources") && !what.contains("history")
          ? world(what, () -> "x Plain text x")
          : "404 {\"code\":\"HYPERFLEET-NTF-000\"}";
    });

    assertThat(page("/console/")).contains("This API is older than the console and does not provide counts.")
        .contains("Plain text");
    assertThat(page("/console/resources/" + ID)).contains("keeps no history");
    assertThat(page("/console/adapters")).contains("does not list adapters");
  }

  @Test
  void anApiThatIsAwayIsSaidToBeAndWhatWasReadStays() throws Exception {
    try (var away = new CannedApi()) {
      away.close();
      var api = new ConsoleApi(URI.create(away.url()), Duration.ofSeconds(5), null, JSON);
      assertThat(catchThrowable(() -> api.get(new ApiCaller(Map.of()), "/fleet")))
          .isInstanceOf(ApiAway.class).hasMessageContaining("cannot be reached");
    }
    API.answers(what -> "503 {\"detail\":\"The database is not available\"}");

    var whole = ask(get("/console/outbox"));
    var part = ask(get("/console/outbox").header("HX-Request", "true"));

    assertThat(whole.getStatus()).isEqualTo(503);
    assertThat(whole.getContentAsString()).contains("The database is not available").contains("http-equiv=\"refresh\"");
    assertThat(part.getStatus()).isEqualTo(200);
    assertThat(part.getHeader("HX-Reswap")).isEqualTo("none");
    assertThat(part.getContentAsString()).contains("hx-swap-oob").contains("The data shown may be out of date");
  }

  @Test
  void rowsStayWhereTheyAreWhileTheyAreLookedAt() throws Exception {
    var ids = IntStream.range(0, 3).mapToObj(i -> "01a1fd4b-c751-7000-bf77-00000000000" + i).toList();
    API.answers(what -> what.contains("/resources")
        ? what.contains("fields=id")
            ? list(Map.of("id", ids.get(0)), Map.of("id", ids.get(1)))
            : list(row(ids.get(2)), row(ids.get(1)), row(ids.get(0)))
        : "404 {}");

    var html = page("/console/?ids=" + ids.get(1) + "," + ids.get(2) + "," + ids.get(0));
    var news = page("/console/?ids=" + ids.get(2));

    assertThat(html.indexOf("r-" + ids.get(1))).isBetween(0, html.indexOf("r-" + ids.get(2)));
    assertThat(html.indexOf("r-" + ids.get(2))).isLessThan(html.indexOf("r-" + ids.get(0)));
    assertThat(html).doesNotContain("more resources are not Ready").contains("ids=" + ids.get(1));
    assertThat(news).contains("<b>2</b> more resources are not Ready");
  }

  private static Map<String, Object> row(String id) {
    return Map.of("id", id, "name", "n" + id, "status", Map.of("phase", "NotReady"), "adapter_statuses", List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 49, 50, 51, 60, 100, 119, 120})
  void pagesBeginBehindTheLastRowAndWithWhatIsNotReady(int notReady) throws Exception {
    var ids = IntStream.range(0, 120).mapToObj("01a1fd4b-c751-7000-bf77-%012d"::formatted).toList();
    API.answers(what -> {
      if (!what.contains("/resources")) {
        return "404 {}";
      }
      var after = what.replaceAll(".*id\\+%3E\\+%27([^%]*)%27.*|.*", "$1");
      var part = what.contains("NotReady") ? ids.subList(0, notReady) : ids.subList(notReady, ids.size());
      return list(part.stream().filter(id -> id.compareTo(after) > 0)
          .limit(Integer.parseInt(what.replaceAll(".*size=(\\d+).*", "$1"))).map(ConsolePagesTest::row)
          .<Map<String, Object>>toArray(Map[]::new));
    });
    var seen = new ArrayList<String>();
    var next = "/console/";
    while (next != null && seen.size() < ids.size()) {
      var html = page(next);
      Pattern.compile("id=\"r-([^\"]*)\"").matcher(html).results().forEach(row -> seen.add(row.group(1)));
      var link = Pattern.compile("href=\"([^\"]*)\">Next page").matcher(html);
      next = link.find() ? link.group(1).replace("&amp;", "&") : null;
    }
    assertThat(seen).isEqualTo(ids);
    assertThat(next).isNull();
  }

  @Test
  void whatBecomesReadyWhileAPageIsMadeIsShownOnce() throws Exception {
    var ids = IntStream.range(0, 3).mapToObj("01a1fd4b-c751-7000-bf77-%012d"::formatted).toList();
    API.answers(what -> what.contains("/resources")
        ? list(ids.subList(what.contains("NotReady") ? 0 : 1, 3).stream().map(ConsolePagesTest::row)
            .<Map<String, Object>>toArray(Map[]::new))
        : "404 {}");
    assertThat(Pattern.compile("id=\"r-([^\"]*)\"").matcher(page("/console/")).results().map(row -> row.group(1)))
        .isEqualTo(ids);
  }

  @Test
  void onlyWhatTheUserAndTheGatewaySayReachesTheApi() throws Exception {
    API.answers(what -> world(what, () -> "x Plain text x"));

    ask(get("/console/adapters").header("X-Tenant", "acme").header("Authorization", "Bearer stolen").header("Cookie",
        "a=b"));

    assertThat(API.asked()).isNotEmpty().allSatisfy(asked -> {
      assertThat(asked.tenant()).isEqualTo("acme");
      assertThat(asked.authorization()).isNull();
    });
  }
}
