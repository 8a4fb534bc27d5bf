package io.hyperfleet.api;

import io.hyperfleet.api.Contract.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests that are HTTP, and otherwise whatever somebody might send. The same seed makes the same requests. */
final class HostileRequests {

  private static final String UUID = "0198f3c5-0000-7000-8000-000000000000";

  private static final List<String> METHODS = List.of("TRACE", "HEAD", "OPTIONS", "FOO", "get", "CONNECT", "PROPFIND",
      "PUT", "DELETE");

  private static final List<String> SEGMENTS = List.of("%2F", "..", "%2e%2e", ".", "a;b=c", ";", "%3b", "%00", "%ff",
      "%c0%af",
      "%ed%a0%80", "%f4%90%80%80", "%", "%zz", "a%0d%0ab", "%5c", "+", "%20", "%25", "%252F", "*", "~", ":", "@", "'",
      "$%7Bx%7D",
      "x".repeat(4000), "", "a/b", "%E2%80%AE", "%F0%9F%98%80", UUID, UUID.toUpperCase(), "1-1-1-1-1", "-", "null",
      "0");

  private static final List<String> PARAMETERS = List.of("page", "size", "pageSize", "order", "orderBy", "search",
      "fields", "ref_type",
      "ref_target_id", "kind", "due", "after", "include", "status", "phase", "aggregate_id", "aggregateId", "published",
      "a[]", "%00",
      "", "status!", "%ff", "x".repeat(300));

  private static final List<String> VALUES = List.of("", "%20", "-1", "0", "1", "9223372036854775807",
      "9223372036854775808", "1e308",
      "1E2147483648", "-0", "NaN", "Infinity", "0x10", "1_000", "%D9%A3", "1.5", "99999999999999999999999999999999",
      "true", "false",
      "TRUE", "null", "%2B999999999-01-31T12:00:00Z," + UUID, "-999999999-01-01T00:00:00Z," + UUID,
      "0000-01-01T00:00:00Z," + UUID,
      "9999-12-31T23:59:59.999999999%2B18:00," + UUID, "9999-12-31T23:59:59.999999999-18:00," + UUID,
      "0001-01-01T00:00:00%2B18:00," + UUID,
      "2026-02-30T00:00:00Z," + UUID, "2026-01-01T00:00:00Z,1-1-1-1-1", ",", ",,", "," + UUID, UUID, "1-1-1-1-1", "%00",
      "a%00b", "%ff", "%c0%80",
      "%ed%a0%80", "%ed%b0%80", "%F0%9F%98%80", "%EF%BF%BF", "%E2%80%AE", "%EF%BB%BF", "'", "%22", "%5C", "%25", "%",
      "%zz", "[]", "{}",
      "a,b,c", "x".repeat(6000), "name", "name%20desc", "name%20desc,%20id", "name%20DESC",
      "created_time%20desc,created_time", "spec", "spec.a",
      "spec.", ".", "..", "status.conditions", "*", "resource", "statuses", "Ready", "Cluster", "cluster", "dead",
      "pending");

  private static final List<String> SEARCHES = List.of("generation=1e999999", "generation=99999999999999999999",
      "generation=1.5",
      "generation=-0", "generation=1Pi", "generation=9223372036854775807Ki", "generation='1'",
      "generation in [1,99999999999999999999]",
      "generation between 1 and 1e400", "spec.a=1E2147483648", "spec.a=1e-2147483648", "spec.a>1e400",
      "spec.a in [1e400,2]",
      "spec.a=" + "9".repeat(2000), "spec.a='1e400'", "spec.a.b.c.d.e.f=1", "spec.a=true", "spec.a=null", "name=null",
      "name is null",
      "created_time>'+999999999-01-01T00:00:00Z'", "created_time>'-999999999-01-01T00:00:00Z'",
      "created_time<'infinity'",
      "created_time='0000-00-00'", "created_time<'9999-12-31T23:59:59-18:00'", "created_time>'now'",
      "created_time>'epoch'", "created_time=1",
      "name='a\u0000b'", "name='\\", "name='\\'", "name like '%\\'", "name ilike '\\'", "name ~= '['",
      "name ~= '(a+)+$'", "name ~! '*'",
      "labels.a='x'", "labels.`a/b`='x'", "labels.``='x'", "labels.a in []", "labels.a=1", "name in ['a',1]",
      "not not not name='a'",
      "(".repeat(1000), "(".repeat(100) + "name='a'" + ")".repeat(100), "name='a' and ".repeat(300) + "name='b'",
      "name=", "=", "''", "\"", "`",
      "status.conditions.Ready='x'", "status.conditions.Reconciled='True'",
      "status.conditions.Reconciled.last_updated_time>'x'",
      "status.conditions.Reconciled.last_updated_time>'+999999999-01-01T00:00:00Z'",
      "status.conditions.Reconciled.observed_generation=1e400",
      "id='x'", "id=1", "id='" + UUID + "'", "owner_id='x'", "owner.id='x'", "deleted_time is not null", "nosuch='x'",
      "name='é\uD83D\uDE00\u202E'", "1=1", "name=name",
      "name='a';drop table resources", "name='a'--", "phase='Ready'", "phase='x'", "status='x'", "generation+1=2",
      "generation/0=1", "generation%0=1");

  private static final List<Map.Entry<String, List<String>>> HEADERS = List.of(
      Map.entry("Content-Type",
          List.of("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
              "multipart/mixed",
              "application/json; charset=utf-16", "application/json; charset=nope", "application/json;charset=\"",
              ";;;", "x".repeat(5000), "application/x-www-form-urlencoded",
              "application/x-www-form-urlencoded; charset=nope", "text/xml", "*/*", "application/merge-patch+json",
              "\u00ff", "")),
      Map.entry("Accept",
          List.of("*", "a/b;q=2", ",,,", "text/html;level=1;q=0.x", "application/json;charset=nope",
              "text/event-stream", "image/png", "/", "\u00ff")),
      Map.entry("Accept-Encoding",
          List.of("*;q=x", "gzip;q=", "\"", "identity;q=0, *;q=0", ",", "gzip;q=9999999999", "\u00ff")),
      Map.entry("Accept-Language", List.of("x-y-z-1-2-3-4;q=x", "*", "\u00ff", "a".repeat(3000))),
      Map.entry("Accept-Charset", List.of("nope", "utf-16")),
      Map.entry("Content-Encoding", List.of("gzip", "br", "x")),
      Map.entry("If-Match", List.of("*", "x", "\"")),
      Map.entry("If-None-Match", List.of("*", "x", "\"", "W/")),
      Map.entry("If-Modified-Since", List.of("x", "99999", "Sat, 31 Feb 2099 99:99:99 GMT")),
      Map.entry("If-Unmodified-Since", List.of("x", "Thu, 01 Jan 1970 00:00:00 GMT")),
      Map.entry("Range", List.of("bytes=0-", "bytes=9-1", "x")),
      Map.entry("Expect", List.of("100-continue", "x")),
      Map.entry("traceparent",
          List.of("x", "00-0-0-0", "ff-" + "f".repeat(32) + "-" + "f".repeat(16) + "-ff",
              "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-01", "\u00ff", "x".repeat(5000))),
      Map.entry("tracestate", List.of("x", "=,=", "a=b,".repeat(500), "\u00ff", "a=\"")),
      Map.entry("baggage", List.of("x", "a=%zz", "=")),
      Map.entry("X-Request-ID", List.of("", " ", "a b", "x".repeat(500), "\u00ff", "${jndi:x}", "\"}")),
      Map.entry("Authorization", List.of("", "Bearer", "Bearer x", "Basic x", "\u00ff")),
      Map.entry("Cookie", List.of("a", "a=b; $Version=1", "=", "\"", ";;;", "\u00ff")),
      Map.entry("Forwarded", List.of("for=x;proto=ftp;host=\"", "host=[::", "x")),
      Map.entry("X-Forwarded-Host", List.of("a b", "x:99999", "[::")),
      Map.entry("X-Forwarded-Proto", List.of("ftp", "")),
      Map.entry("X-HTTP-Method-Override", List.of("DELETE", "FOO")),
      Map.entry("Origin", List.of("http://evil.example", "null", "x")),
      Map.entry("Access-Control-Request-Method", List.of("DELETE", "FOO")),
      Map.entry("Upgrade", List.of("h2c", "websocket", "x")),
      Map.entry("Last-Event-ID", List.of("\u00ff")),
      Map.entry("X-HyperFleet-Event-Time", List.of("", "x", "2026-02-30T00:00:00Z", "-0001-01-01T00:00:00Z", "\u00ff")),
      Map.entry("X-HyperFleet-Time", List.of("x")));

  private static final List<String> BODIES = List.of("", " ", "null", "[]", "1", "\"x\"", "{", "{}", "{\"a\":1}{",
      "{\"a\":1,\"a\":2}", "{\"spec\":{\"a\":1,\"a\":2}}",
      "{\"kind\":\"Cluster\",\"kind\":\"Cluster\"}", "{\"a\":1E2147483648}", "{\"a\":-1e-2147483649}",
      "{\"a\":" + "9".repeat(5000) + "}", "{\"a\":NaN}", "{\"a\":01}", "{\"a\":+1}",
      "{\"a\":.5}", "{\"a\":'x'}", "{a:1}", "{\"a\":1,}", "/* */{}", "{\"\\u0000\":1}", "{\"a\":\"\\ud800\"}",
      "{\"a\":\"\\udc00\\ud800\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\n\"}",
      "\u00ef\u00bb\u00bf{}", "{\"a\":\"\u00c0\u0080\"}", "{\"a\":\"\u00ed\u00a0\u0080\"}", "{\"a\":\"\u00ff\"}",
      "\u00fe\u00ff\u0000{\u0000}", "{\u0000}\u0000", "\u0000",
      "[".repeat(5000), "{\"a\":".repeat(5000) + "1" + "}".repeat(5000), "{\"" + "k".repeat(60_000) + "\":1}",
      "a=b&c=d", "--x\r\n\r\n--x--", "<x/>");

  private final Contract contract;
  private final GeneratedRequests values;
  private final Random random;

  HostileRequests(Contract contract, long seed) {
    this.contract = contract;
    this.values = new GeneratedRequests(contract, seed);
    this.random = new Random(seed);
  }

  /**
   * A request for an operation, with an id that exists in the place of each one in its path, or something else there.
   */
  byte[] request(Operation operation, String id) {
    var method = oneIn(12) ? any(METHODS) : operation.method();
    var path = new StringBuilder(oneIn(30) ? any(List.of("/", "//", "/api/..", "/error", "/%61pi")) : "");
    for (String segment : operation.path().substring(1).split("/")) {
      path.append('/')
          .append(segment.startsWith("{") ? oneIn(2) ? id : any(SEGMENTS) : oneIn(40) ? any(SEGMENTS) : segment);
    }
    var query = new ArrayList<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      query.add(oneIn(3)
          ? "search=" + URLEncoder.encode(any(SEARCHES), StandardCharsets.UTF_8)
          : any(PARAMETERS) + (oneIn(20) ? "" : "=" + any(VALUES)));
    }
    if (oneIn(6)) {
      query.add("due=true");
    }
    var body = method.equals("GET") && !oneIn(10)
        ? ""
        : operation.body() == null || oneIn(2)
            ? any(BODIES)
            : values.spoiled(values.valid(operation.body(), Map.of(), 0));
    return http(method, path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers(), body);
  }

  private List<String> headers() {
    var headers = new ArrayList<String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      var header = HEADERS.get(random.nextInt(HEADERS.size()));
      headers.add(header.getKey() + ": " + any(header.getValue()));
    }
    return headers;
  }

  private static byte[] http(String method, String target, List<String> headers, String body) {
    var all = String.join("", headers.stream().map(header -> header + "\r\n").toList());
    var bytes = body.chars().allMatch(c -> c < 256) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    var length = body.getBytes(bytes).length;
    return (method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + all
        + (body.isEmpty() ? "" : "Content-Length: " + length + "\r\n") + "\r\n"
        + new String(body.getBytes(bytes), StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
