package io.hyperfleet.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.Route;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.w3c.dom.Element;

/**
 * What Hawtio and every other JMX client see of a process whose operator has switched Hawtio on, and what others get.
 */
class ManagedRoutesIT {

  private static final String PASSWORD = "correct horse battery staple";
  private static final String GOOD = "operator:" + PASSWORD;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static LocalFleet fleet;

  @BeforeAll
  static void start() {
    fleet = LocalFleet.start("hyperfleet.management.hawtio.enabled=true",
        "hyperfleet.management.hawtio.password=" + PASSWORD,
        "management.endpoints.web.exposure.include=*");
    await().until(() -> fleet.management("/readyz").status() == 200);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void showsEveryRouteWithItsIdAndDescription() throws JMException {
    var expected = new HashMap<String, String>();
    for (Route route : fleet.camel().getRoutes()) {
      assertThat(route.getDescription()).as(route.getRouteId()).isNotBlank();
      expected.put(route.getRouteId(), route.getDescription());
    }
    assertThat(expected).containsKeys("outbox-relay", "sentinel-clusters", "validation-adapter", "dns-adapter",
        "placement-adapter", "hyperfleet-adapter");

    var name = fleet.camel().getManagementName();
    assertThat(attributes(name, "routes", "RouteId", "Description")).isEqualTo(expected);
    assertThat(attributes(name, "routes", "RouteId", "State").values()).containsOnly("Started");
    assertThat(attributes(name, "processors", "ProcessorId", "RouteId"))
        .containsEntry("claim-rows", "outbox-relay").containsEntry("get-job", "adapter-job-find");
  }

  @Test
  void hasNothingElseWhateverIsExposed() throws Exception {
    for (String path : ManagementPaths.ABSENT) {
      for (String method : new String[]{"GET", "POST", "DELETE"}) {
        assertThat(send(fleet.managementPort(), method, path, GOOD, "{}").statusCode()).as(method + " " + path)
            .isIn(404, 405);
      }
    }
    for (String path : ManagementPaths.OPEN) {
      assertThat(send(fleet.managementPort(), "GET", path, null, null).statusCode()).as(path).isEqualTo(200);
      assertThat(send(fleet.managementPort(), "POST", path, null, "{}").statusCode()).as(path).isEqualTo(405);
    }
  }

  @Test
  void asksForThePasswordBeforeAnythingOfHawtio() throws Exception {
    for (String path : ManagementPaths.HAWTIO) {
      for (String given : new String[]{null, "operator:", "operator:operator", "other:" + PASSWORD,
          "operator:" + PASSWORD + "x",
          "hawtio:hawtio"}) {
        var answer = send(fleet.managementPort(), "GET", path, given, null);
        assertThat(answer.statusCode()).as(path + " as " + given).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Basic realm=\"HyperFleet\"");
        assertThat(answer.body()).doesNotContain("<script").doesNotContain("HeapMemory").doesNotContain("agent");
      }
    }
    assertThat(send(fleet.managementPort(), "GET", "/hawtio/index.html", GOOD, null).body()).contains("<script");
    assertThat(send(fleet.managementPort(), "GET", "/hawtio/user", GOOD, null).statusCode()).isEqualTo(200);
  }

  @Test
  void servesHawtioBesideTheApiToNobody() throws Exception {
    for (String path : ManagementPaths.HAWTIO) {
      assertThat(send(fleet.apiPort(), "GET", path, GOOD, null).statusCode()).as(path).isEqualTo(404);
      assertThat(send(fleet.apiPort(), "GET", path, null, null).statusCode()).as(path).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jolokia", "/hawtio/jolokia"})
  void drawsRoutesOfAdapters(String path) throws Exception {
    var route = bean("routes", "validation-adapter");
    assertThat(value(path, Map.of("type", "read", "mbean", route, "attribute", "State")).asText()).isEqualTo("Started");

    var diagram = value(path, Map.of("type", "exec", "mbean", route, "operation", "dumpRouteAsXml()")).asText();
    assertThat(diagram).contains("id=\"validation-adapter\"")
        .contains("id=\"validation-adapter.fetch-resource\"").contains("id=\"validation-adapter.find-job\"")
        .doesNotContain(" group=");
    assertThat(value(path, Map.of("type", "exec", "mbean", bean("context", fleet.camel().getName()), "operation",
        "dumpRoutesAsXml()")).asText()).contains("id=\"dns-adapter\"").contains("id=\"outbox-relay\"");
    assertThat(value(path, Map.of("type", "exec", "mbean", bean("context", fleet.camel().getName()), "operation",
        "dumpRoutesStatsAsXml(boolean,boolean)", "arguments", List.of(true, true))).asText())
        .contains("<routeStat id=\"dns-adapter\"").contains("<processorStat id=\"claim-rows\"");
    assertThat(value(path, Map.of("type", "search", "mbean", "org.apache.camel:type=routes,*"))).hasSizeGreaterThan(20);
    assertThat(value(path, Map.of("type", "read", "mbean", "java.lang:type=Memory", "attribute", "HeapMemoryUsage"))
        .path("used").asLong()).isPositive();
  }

  /** What Hawtio asks when it opens, and while a diagram is shown. */
  @Test
  void hawtioMayAskWhatItAsksForItsPages() throws Exception {
    var context = bean("context", fleet.camel().getName());
    var route = bean("routes", "dns-adapter");
    for (var request : List.of(
        Map.of("type", "exec", "mbean", "hawtio:type=security,area=jmx,name=HawtioDummyJMXSecurity", "operation",
            "canInvoke(java.lang.String)", "arguments", List.of(route)),
        Map.of("type", "exec", "mbean", "hawtio:type=security,area=jmx,name=HawtioDummyJMXSecurity", "operation",
            "canInvoke(java.util.Map)", "arguments", List.of(Map.of(route, List.of("stop()")))),
        Map.of("type", "exec", "mbean", route, "operation", "isUpdateRouteEnabled()"),
        Map.of("type", "exec", "mbean", context, "operation", "dumpRoutesStatsAsXml", "arguments", List.of(true, true)),
        Map.of("type", "read", "mbean", "hawtio:type=Registry", "attribute", "UpdateCounter"),
        Map.of("type", "read", "mbean", "hawtio:type=TreeWatcher", "attribute", "Counter"),
        Map.of("type", "exec", "mbean", bean("services", "DefaultAsyncProcessorAwaitManager").replace("\"", ""),
            "operation", "browse()"))) {
      assertThat(jolokia("/jolokia", request).path("status").asInt()).as("%s", request).isEqualTo(200);
    }
  }

  /** Numbers find their steps in a diagram by id. */
  @Test
  void everyStepOfAnAdapterIsCountedUnderTheIdOfItsDiagram() throws Exception {
    var diagram = value("/jolokia", Map.of("type", "exec", "mbean", bean("routes", "dns-adapter"), "operation",
        "dumpRouteAsXml()")).asText();
    var statistics = value("/jolokia", Map.of("type", "exec", "mbean", bean("routes", "dns-adapter"), "operation",
        "dumpRouteStatsAsXml(boolean,boolean)", "arguments", List.of(true, true))).asText();
    var ids = Pattern.compile("<processorStat id=\"(dns-adapter\\.[^\"]+)\"").matcher(statistics).results()
        .map(found -> found.group(1)).toList();
    assertThat(ids).hasSizeGreaterThan(10).allSatisfy(id -> assertThat(diagram).contains("id=\"" + id + "\""));
  }

  @Test
  void noSpellingOfAPathGoesAroundThePasswordOrFails() throws Exception {
    var wrong = new SoftAssertions();
    var names = List.of("jolokia", "hawtio", "hawtio/jolokia", "jolokia/list", "hawtio/index.html", "healthz", "env");
    for (var request : HostilePaths.of(14, names, 1200)) {
      var unknown = HostilePaths.send(fleet.managementPort(), request);
      wrong.assertThat(unknown.status()).as("%s by nobody: %s", request, unknown.body()).isIn(200, 400, 401, 403, 404,
          405, 501);
      if (unknown.status() == 200) {
        wrong.assertThat(request.path()).contains("healthz");
        wrong.assertThat(unknown.body()).as("%s", request).doesNotContain("<script").doesNotContain("agent");
      }
      var known = HostilePaths.send(fleet.managementPort(), request, "Authorization", basic(GOOD));
      // Jolokia puts what it thinks of a request into a body, and answers 200.
      wrong.assertThat(known.status()).as("%s with the password: %s", request, known.body()).isLessThan(500);
      wrong.assertThat(known.body()).as("%s", request).doesNotContain("\tat ").doesNotContain("Exception\n");
      for (var answer : List.of(unknown, known)) {
        assertGuarded(wrong, request, answer);
      }
    }
    wrong.assertAll();
  }

  /** What browsers are told of every answer. */
  private static void assertGuarded(SoftAssertions wrong, HostilePaths.Request request, HostilePaths.Answer answer) {
    wrong.assertThat(answer.headers().keySet()).as("%s", request)
        .noneMatch(name -> name.toLowerCase().startsWith("access-control-")).doesNotContain("Server", "X-Powered-By");
    // Tomcat itself answers what it cannot read, and TRACE, before anything of ours sees it.
    if (answer.status() != 400 && !request.method().equals("TRACE")) {
      wrong.assertThat(answer.headers()).as("%s", request).containsEntry("X-Content-Type-Options", "nosniff")
          .containsKeys("X-Frame-Options", "Content-Security-Policy", "Referrer-Policy");
    }
  }

  @Test
  void answersNoPageOfAnotherOrigin() throws Exception {
    for (String path : List.of("/jolokia/version", "/hawtio/jolokia/version", "/jolokia", "/hawtio/jolokia/")) {
      for (String method : List.of("GET", "POST", "OPTIONS")) {
        for (String origin : List.of("http://evil.example", "null", "https://localhost", "http://localhost:1",
            "http://localhost.evil.example",
            "http://localhost:" + fleet.managementPort() + ".evil.example", "file://", "*")) {
          var answer = HostilePaths.send(fleet.managementPort(),
              new HostilePaths.Request(method, path, "{\"type\": \"version\"}"),
              "Authorization", basic(GOOD), "Origin", origin, "Access-Control-Request-Method", "POST");
          assertThat(answer.status()).as("%s %s from %s", method, path, origin).isEqualTo(403);
          assertThat(answer.headers().keySet()).noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
        }
      }
      for (String site : List.of("cross-site", "same-site")) {
        assertThat(HostilePaths.send(fleet.managementPort(), new HostilePaths.Request("GET", path + "?callback=x", ""),
            "Authorization", basic(GOOD), "Sec-Fetch-Site", site).status()).isEqualTo(403);
      }
      var own = HostilePaths.send(fleet.managementPort(),
          new HostilePaths.Request("POST", path, "{\"type\": \"version\"}"),
          "Authorization", basic(GOOD), "Origin", "http://localhost:" + fleet.managementPort(), "Sec-Fetch-Site",
          "same-origin");
      assertThat(own.status()).as(path).isEqualTo(200);
      assertThat(own.headers().keySet()).noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
    }
  }

  static Stream<Map<String, Object>> refused() {
    return Stream.of(
        Map.of("type", "exec", "mbean", "ROUTE", "operation", "stop()"),
        Map.of("type", "exec", "mbean", "ROUTE", "operation", "remove()"),
        Map.of("type", "exec", "mbean", "ROUTE", "operation", "updateRouteFromXml(java.lang.String)", "arguments",
            List.of("<r/>")),
        Map.of("type", "exec", "mbean", "CONTEXT", "operation", "stop()"),
        Map.of("type", "exec", "mbean", "CONTEXT", "operation", "sendStringBody", "arguments",
            List.of("file:/tmp", "x")),
        Map.of("type", "exec", "mbean", "CONTEXT", "operation", "requestBody(java.lang.String,java.lang.Object)",
            "arguments", List.of("file:/tmp", "x")),
        Map.of("type", "exec", "mbean", "CONTEXT", "operation", "setTracing", "arguments", List.of(true)),
        Map.of("type", "write", "mbean", "ROUTE", "attribute", "Tracing", "value", true),
        Map.of("type", "write", "mbean", "java.lang:type=Memory", "attribute", "Verbose", "value", true),
        Map.of("type", "exec", "mbean", "java.lang:type=Memory", "operation", "gc()"),
        Map.of("type", "exec", "mbean", "com.sun.management:type=HotSpotDiagnostic", "operation", "dumpHeap",
            "arguments", List.of("/tmp/refused.hprof", true)),
        Map.of("type", "exec", "mbean", "com.sun.management:type=DiagnosticCommand", "operation", "vmSystemProperties"),
        Map.of("type", "exec", "mbean", "com.sun.management:type=DiagnosticCommand", "operation",
            "compilerDirectivesAdd",
            "arguments", List.of("/etc/passwd")),
        Map.of("type", "exec", "mbean", "java.util.logging:type=Logging", "operation", "setLoggerLevel",
            "arguments", List.of("", "ALL")),
        Map.of("type", "exec", "mbean", "jdk.management.jfr:type=FlightRecorder", "operation", "newRecording"),
        Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "SystemProperties"),
        Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "InputArguments"),
        Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "ClassPath"),
        Map.of("type", "read", "mbean", "org.springframework.boot:type=Admin,name=SpringApplication", "attribute",
            "Ready"),
        Map.of("type", "exec", "mbean", "org.springframework.boot:type=Admin,name=SpringApplication", "operation",
            "shutdown"),
        Map.of("type", "exec", "mbean", "java.lang:type=Threading", "operation", "dumpAllThreads",
            "arguments", List.of(true, true)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void changesNothingAndTellsNoSecret(Map<String, Object> request) throws Exception {
    var asked = new HashMap<>(request);
    asked.replace("mbean", "ROUTE", bean("routes", "validation-adapter"));
    asked.replace("mbean", "CONTEXT", bean("context", fleet.camel().getName()));

    var answer = jolokia("/jolokia", asked);

    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(403);
    assertThat(answer.has("value")).isFalse();
    assertThat(answer.has("stacktrace")).isFalse();
  }

  /** A pattern that an upgrade has left without anything to match would close a diagram without a word. */
  @Test
  void everyEntryOfThePolicyMatchesSomething() throws Exception {
    var policy = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ClassPathResource("jolokia-access.xml").getInputStream());
    var beans = policy.getElementsByTagName("mbean");
    assertThat(beans.getLength()).isPositive();
    for (int i = 0; i < beans.getLength(); i++) {
      var bean = (Element) beans.item(i);
      var name = texts(bean, "name").get(0);
      var found = SERVER.queryNames(new ObjectName(name), null);
      assertThat(found).as(name).isNotEmpty();
      var attributes = new HashSet<String>();
      var operations = new HashSet<String>();
      for (ObjectName one : found) {
        Stream.of(SERVER.getMBeanInfo(one).getAttributes()).forEach(attribute -> attributes.add(attribute.getName()));
        Stream.of(SERVER.getMBeanInfo(one).getOperations()).forEach(operation -> operations.add(operation.getName()));
      }
      for (String pattern : texts(bean, "attribute")) {
        assertThat(attributes).as("%s: attribute %s", name, pattern)
            .anyMatch(each -> each.matches(pattern.replace("*", ".*")));
      }
      for (String pattern : texts(bean, "operation")) {
        assertThat(operations).as("%s: operation %s", name, pattern)
            .anyMatch(each -> each.matches(pattern.replace("*", ".*")));
      }
    }
  }

  private static List<String> texts(Element parent, String name) {
    var nodes = parent.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(index -> nodes.item(index).getTextContent()).toList();
  }

  @Test
  void isNoWayToOtherProcesses() throws Exception {
    var reached = new AtomicInteger();
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> {
      reached.incrementAndGet();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    other.start();
    try {
      int port = other.getAddress().getPort();
      for (String path : List.of("/hawtio/proxy/http/localhost/" + port + "/",
          "/hawtio/proxy/localhost/" + port + "/jolokia",
          "/hawtio/proxy/http:/localhost:" + port + "/", "/hawtio/proxy/localhost:" + port + "/")) {
        assertThat(send(fleet.managementPort(), "GET", path, GOOD, null).statusCode()).as(path)
            .isGreaterThanOrEqualTo(400);
      }
      // Nobody is there to understand a target: the request is answered by this process, or not at all.
      for (String url : List.of("service:jmx:rmi:///jndi/ldap://localhost:" + port + "/x",
          "service:jmx:rmi:///jndi/rmi://localhost:" + port + "/jmxrmi")) {
        var target = Map.of("url", url);
        jolokia("/jolokia", Map.of("type", "version", "target", target));
        jolokia("/jolokia", Map.of("type", "read", "mbean", "java.lang:type=Memory", "target", target));
      }
      assertThat(reached).hasValue(0);
    } finally {
      other.stop(0);
    }
  }

  private static String bean(String type, String name) {
    return "org.apache.camel:context=" + fleet.camel().getManagementName() + ",type=" + type + ",name=\"" + name + "\"";
  }

  private static JsonNode value(String path, Map<String, ?> request) throws IOException, InterruptedException {
    var answer = jolokia(path, request);
    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
    return answer.get("value");
  }

  private static JsonNode jolokia(String path, Map<String, ?> request) throws IOException, InterruptedException {
    var answer = send(fleet.managementPort(), "POST", path, GOOD, JSON.writeValueAsString(request));
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(int port, String method, String path, String credentials, String body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).method(method,
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .header("Content-Type", "application/json");
    if (credentials != null) {
      request.header("Authorization", basic(credentials));
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> attributes(String context, String type, String key, String value)
      throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    var found = new HashMap<String, String>();
    for (ObjectName bean : server.queryNames(
        new ObjectName("org.apache.camel:context=" + context + ",type=" + type + ",*"), null)) {
      found.put((String) server.getAttribute(bean, key), (String) server.getAttribute(bean, value));
    }
    return found;
  }
}
