package io.hyperfleet.hostile;

import io.hyperfleet.hostile.HostileRequest.Intent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Makes requests to the API whose bodies, heads or paths are hostile in one place each. */
final class BodyGrammar {

  private static final String BASE = "/api/hyperfleet/v1";
  private static final String CLUSTERS = BASE + "/clusters";

  private final Hostile hostile;
  private final String victim;
  private final Map<String, Supplier<HostileRequest>> pieces = new LinkedHashMap<>();
  private int count;

  /** @param victim the id of a cluster that requests may be about */
  BodyGrammar(Hostile hostile, String victim) {
    this.hostile = hostile;
    this.victim = victim;
    pieces.put("number",
        () -> create("number", Intent.TAKEN, "", "{\"number\":" + hostile.one(Hostile.NUMBERS) + ",\"region\":\"x\"}"));
    pieces.put("nested number",
        () -> create("nested number", Intent.TAKEN, "", "{\"a\":[{\"b\":" + hostile.one(Hostile.NUMBERS) + "}]}"));
    pieces.put("impossible number", () -> create("impossible number", Intent.REFUSED, "",
        "{\"number\":" + hostile.one(Hostile.IMPOSSIBLE_NUMBERS) + "}"));
    pieces.put("name of an object", () -> create("name of an object", Intent.EITHER, "", spec("n", hostile.text())));
    pieces.put("text", () -> create("text", Intent.EITHER, "",
        "{\"text\":" + Hostile.quoted(hostile.text()) + ",\"fail\":" + Hostile.quoted(hostile.text()) + "}"));
    pieces.put("text that is none",
        () -> create("text that is none", Intent.EITHER, "",
            "{\"" + hostile.one(List.of("text", "n", "fail", "namespace", "account",
                "serviceType", "hold", "key", "hostNetwork", "region")) + "\":"
                + hostile.one(List.of("null", "{}", "[]", "1", "true", "[[1]]", "{\"a\":{}}", "1.5", "-1")) + "}"));
    pieces.put("policy",
        () -> create("policy", Intent.TAKEN, "",
            hostile.one(List.of("{\"hostNetwork\":true}", "{\"hostNetwork\":\"true\"}", "{\"hostNetwork\":1}",
                "{\"account\":\"admin\"}", "{\"account\":\"hyperfleet-adapters\"}",
                "{\"serviceType\":\"LoadBalancer\"}", "{\"serviceType\":\"ExternalName\"}"))));
    pieces.put("key", () -> create("key", Intent.EITHER, "",
        "{" + Hostile.quoted(hostile.text()) + ":1,\"key\":" + Hostile.quoted(hostile.text()) + "}"));
    pieces.put("zero character", () -> create("zero character", Intent.REFUSED, "",
        hostile.one(List.of("{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":[{\"b\":\"x\\u0000y\"}]}"))));
    pieces.put("half of a character", () -> create("half of a character", Intent.EITHER, "",
        hostile.one(List.of("{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}"))));
    pieces.put("deep", () -> create("deep", Intent.REFUSED, "", "{\"a\":".repeat(150) + "1" + "}".repeat(150)));
    pieces.put("very deep", () -> create("very deep", Intent.REFUSED, "",
        "{\"a\":" + hostile.one(List.of("[", "{\"a\":")).repeat(100_000)));
    pieces.put("long", () -> create("long", Intent.EITHER, "",
        spec("text", hostile.one(List.of("x", "é", "\n", "\"")).repeat(100_000))));
    pieces.put("many", () -> create("many", Intent.EITHER, "", "{\"a\":[" + "1,".repeat(100_000) + "1]}"));
    pieces.put("too long", () -> create("too long", Intent.REFUSED, "", spec("text", "x".repeat(1_100_000))));
    pieces.put("duplicate key",
        () -> HostileRequest.json("duplicate key", Intent.REFUSED, "", "POST", CLUSTERS, hostile.one(List.of(
            "{\"kind\":\"Cluster\",\"name\":\"" + name() + "\",\"name\":\"" + name() + "\",\"spec\":{\"a\":1}}",
            body("{\"a\":1,\"a\":2}"), body("{\"a\":{\"b\":1,\"b\":2}}"), body("{\"a\":1,\"\\u0061\":2}")))));
    pieces.put("no UTF-8", this::noUtf8);
    pieces.put("no JSON",
        () -> HostileRequest.json("no JSON", Intent.REFUSED, "", "POST", CLUSTERS,
            hostile.one(List.of("", "null", "[]", "1", "\"x\"", "{", "}", "{]",
                body("{}") + body("{}"), body("{}").replace('"', '\''), "/* x */" + body("{}"), body("{\"a\":NaN}"),
                body("{\"a\":Infinity}"), body("{\"a\":01}"),
                body("{\"a\":.5}"), body("{\"a\":+1}"), body("{\"a\":1,}"), body("{a:1}"), body("{\"a\":\"\n\"}"),
                "\u0000", "<a/>", "a=b", hostile.text()))));
    pieces.put("content type",
        () -> new HostileRequest("content type", Intent.EITHER, "", "POST", CLUSTERS,
            "Content-Type: " + hostile.one(List.of(
                "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
                "multipart/mixed", "application/x-www-form-urlencoded", "text/xml",
                "application/json; charset=utf-16", "application/json; charset=nobody", "x", "", "*/*",
                "application/json;" + "a=b;".repeat(500), "application/yaml")) + "\r\n",
            bytes("{\"a\":1}")));
    pieces.put("encoding",
        () -> new HostileRequest("encoding", Intent.EITHER, "", "POST", CLUSTERS,
            "Content-Type: application/json\r\nContent-Encoding: "
                + hostile.one(List.of("gzip", "br", "identity", "x", "gzip, gzip")) + "\r\n",
            packed()));
    pieces.put("method",
        () -> HostileRequest.json("method", Intent.EITHER, "",
            hostile.one(List.of("TRACE", "CONNECT", "PROPFIND", "FOO", "OPTIONS", "HEAD", "PUT", "PATCH",
                "get", "X".repeat(500))),
            hostile.one(List.of(CLUSTERS, CLUSTERS + "/" + victim, BASE, "/", "*")), "{}"));
    pieces.put("path", this::path);
    pieces.put("head", this::head);
    pieces.put("field", this::field);
    pieces.put("patch",
        () -> HostileRequest.json("patch", Intent.EITHER, "", "PATCH", CLUSTERS + "/" + victim,
            hostile.one(List.of("{\"spec\":null}", "{\"spec\":{}}", "{\"id\":\"x\"}",
                "{\"generation\":1e400}", "{\"generation\":-1}", "{\"status\":{}}", "{\"labels\":{\"a\":null}}",
                "[{\"op\":\"remove\",\"path\":\"/spec\"}]", "{\"deleted_time\":\"x\"}",
                "{\"spec\":" + spec("n", hostile.text()) + "}"))));
    pieces.put("event",
        () -> HostileRequest.json("event", Intent.EITHER, "", "POST", BASE + "/events", hostile.one(List.of(
            "{\"aggregate_type\":" + Hostile.quoted(hostile.text()) + ",\"aggregate_id\":\"" + victim
                + "\",\"reason\":\"x\"}",
            "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":" + Hostile.quoted(hostile.text()) + ",\"reason\":\"x\"}",
            "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":\"" + victim + "\",\"reason\":"
                + Hostile.quoted(hostile.text()) + "}",
            "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":\"" + victim + "\",\"reason\":\"x\",\"generation\":"
                + hostile.one(Hostile.NUMBERS) + "}",
            "{\"specversion\":\"1.0\",\"type\":\"x\",\"source\":\"/\",\"id\":\"x\",\"data\":{\"id\":"
                + Hostile.quoted(hostile.text()) + "}}"))));
  }

  /** One of every piece, and as many more as wanted. */
  List<HostileRequest> requests(int more) {
    return hostile.mix(pieces, Supplier::get, more);
  }

  private String name() {
    return "b-" + Long.toString(System.nanoTime(), 36) + ++count;
  }

  private String body(String spec) {
    return "{\"kind\":\"Cluster\",\"name\":\"" + name() + "\",\"spec\":" + spec + "}";
  }

  private byte[] bytes(String spec) {
    return body(spec).getBytes(StandardCharsets.UTF_8);
  }

  private static String spec(String key, String text) {
    return "{\"" + key + "\":" + Hostile.quoted(text) + "}";
  }

  private HostileRequest create(String piece, Intent intent, String field, String spec) {
    return HostileRequest.json(piece, intent, field, "POST", CLUSTERS, body(spec));
  }

  private HostileRequest noUtf8() {
    var text = body("{\"a\":\"@\"}").getBytes(StandardCharsets.UTF_8);
    var bad = hostile.one(List.of(new byte[]{(byte) 0xff}, new byte[]{(byte) 0xc0, (byte) 0xaf},
        new byte[]{(byte) 0xe0, (byte) 0x80, (byte) 0xaf},
        new byte[]{(byte) 0xed, (byte) 0xa0, (byte) 0x80}, new byte[]{(byte) 0xc3},
        new byte[]{(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        new byte[]{(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80}, new byte[]{(byte) 0x80}));
    var body = new ByteArrayOutputStream();
    for (byte one : text) {
      body.writeBytes(one == '@' ? bad : new byte[]{one});
    }
    return new HostileRequest("no UTF-8", Intent.REFUSED, "", "POST", CLUSTERS, HostileRequest.JSON,
        body.toByteArray());
  }

  private byte[] packed() {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes("{\"a\":\"" + "x".repeat(5_000_000) + "\"}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private HostileRequest path() {
    var target = hostile.one(List.of("/" + CLUSTERS, CLUSTERS + "/..;/events", CLUSTERS + "/%2e%2e/events",
        CLUSTERS + "/%00", CLUSTERS + "/" + victim + ";x=1",
        CLUSTERS + "/%2F", CLUSTERS + "//" + victim, CLUSTERS + "/" + victim + "/statuses/..", "/..", "/%c0%ae%c0%ae/",
        "/metrics", "/healthz", "/jolokia", "//jolokia",
        CLUSTERS + "/" + "x".repeat(5_000), "http://127.0.0.1:1" + CLUSTERS,
        CLUSTERS + "/" + victim + "?include=" + encoded(hostile.text()), CLUSTERS + "/" + encoded(hostile.text()),
        BASE + "/" + encoded(hostile.text()), CLUSTERS + "/" + victim + "/nodepools/" + encoded(hostile.text()),
        CLUSTERS + "/%zz", CLUSTERS + "/%"));
    return HostileRequest.json("path", Intent.EITHER, "", hostile.one(List.of("GET", "DELETE", "POST", "PATCH", "PUT")),
        target.contains(victim) ? target.replace(victim, "0198f000-0000-7000-8000-000000000000") : target, "{}");
  }

  private HostileRequest head() {
    var header = hostile.one(List.of("CamelHttpUri: http://127.0.0.1:1/", "CamelHttpMethod: DELETE",
        "CAmelBeanMethodName: x", "Transfer-Encoding: chunked", "Transfer-Encoding: x",
        "Content-Length: 1", "Content-Length: -1", "X-Request-Id: " + "a".repeat(3_000), "X-Request-Id: {{env:PATH}}",
        "X-HTTP-Method-Override: DELETE", "X-Forwarded-Host: evil.example",
        "X-Forwarded-Prefix: //evil.example", "Forwarded: host=evil.example", "Accept: x",
        "Accept: " + "a/b,".repeat(1_000), "If-Match: \"x\"", "Range: bytes=0-1", "Expect: 100-continue", "Expect: x",
        "X: " + "x".repeat(40_000), "Authorization: Bearer " + "x".repeat(3_000), "Origin: http://evil.example",
        "Cookie: a=b; c", "Upgrade: h2c", "Upgrade: websocket", "x y: z", ": x", "X:\u00ff\u00fe",
        "traceparent: 00-x-y-01", "baggage: " + "a=b,".repeat(300), "Accept-Encoding: gzip;q=x",
        "Accept-Language: " + "x-".repeat(500)));
    return new HostileRequest("head", Intent.EITHER, "", hostile.one(List.of("GET", "POST")), CLUSTERS,
        "Content-Type: application/json\r\n" + header + "\r\n", bytes("{\"a\":1}"));
  }

  /** A body that is right but for one field. */
  private HostileRequest field() {
    var field = hostile.one(List.of("kind", "name", "spec", "labels", "id", "generation", "href", "owner_references",
        "deleted_time", "created_time"));
    var value = hostile.one(List.of("null", "1", "[]", "{}", "true", Hostile.quoted(hostile.text()),
        "{" + Hostile.quoted(hostile.text()) + ":" + Hostile.quoted(hostile.text()) + "}",
        hostile.one(Hostile.NUMBERS)));
    var fields = new LinkedHashMap<String, String>();
    fields.put("kind", "\"Cluster\"");
    fields.put("name", "\"" + name() + "\"");
    fields.put("spec", "{\"a\":1}");
    fields.put(field, value);
    var body = fields.entrySet().stream().map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue()).toList();
    return HostileRequest.json("field", Intent.EITHER, field, "POST", CLUSTERS, "{" + String.join(",", body) + "}");
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
