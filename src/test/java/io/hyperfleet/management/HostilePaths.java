package io.hyperfleet.management;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Paths in spellings that some part of a server may read in another way than the part that guards it. */
public final class HostilePaths {

  private static final List<String> SPELLINGS = List.of("/%s", "//%s", "///%s", "/./%s", "/x/../%s", "/%%2e/%s",
      "/%%2e%%2e/%s",
      "/..;/%s", "/;/%s", "/;x=1/%s", "/%s;x=1", "/%s;", "/%s/", "/%s//", "/%s/.", "/%s/..", "/%s/../%s", "/%s/..;/%s",
      "/%s%%2f",
      "/%%2f%s", "/%s%%5c", "/\\%s", "/%s%%00", "/%s%%0a", "/%s%%0d%%0aX-Y:1", "/%s%%3b", "/%s%%3f", "/%s?", "/%s??x",
      "/%s#x", "/%s.json",
      "/%s%%20", "/%s%%09", "/%s%%252e", "/%%252f%s", "/%s/%%2e%%2e/%s", "/healthz/../%s", "/healthz;/%s",
      "/readyz/..;/%s", "/metrics//%s",
      "/hawtio/..//%s", "/hawtio/..;/%s", "/hawtio;/%s", "/%s%%c0%%af", "/%s%%ff", "/%s%%u002f", "/%s%%", "/%s%%zz",
      "/%s?callback=x",
      "/%s?mimeType=text/html&callback=alert", "/%s?ignoreErrors=true&p=", "/%s?%%", "/%s?a=%%zz",
      "/%s/read/java.lang:type=Memory;x/",
      "/%s/read/java.lang:type=Memory//", "/%s/exec/java.lang:type=Memory/gc", "/%s/list?maxDepth=x",
      "/%s?maxDepth=99999999999999999999");
  private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE",
      "TRACE", "FOO", "get");
  private static final List<String> BODIES = List.of("", "{}", "[]", "{", "null", "[{}]", "{\"type\":\"x\"}",
      "{\"type\":\"exec\"}", "[[[[]]]]",
      "{\"type\":\"read\",\"mbean\":\"x\"}", "{\"type\":\"read\",\"mbean\":1}", "{\"type\":\"list\",\"path\":7}",
      "\u0000", "[null]",
      "{\"type\":\"search\",\"mbean\":\"*:*,,\"}", "{\"type\":\"version\",\"config\":{\"maxDepth\":\"x\"}}");

  private HostilePaths() {}

  /** One request. */
  public record Request(String method, String path, String body) {}

  /** An answer as it came. */
  public record Answer(int status, Map<String, String> headers, String body) {}

  /** Some of the ways to ask for these names; the same ones each time. */
  public static List<Request> of(long seed, List<String> names, int count) {
    var random = new Random(seed);
    var requests = new ArrayList<Request>();
    names.forEach(name -> SPELLINGS.forEach(spelling -> requests.add(
        new Request(requests.size() % 2 == 0 ? "GET" : "POST", spelled(spelling, name), ""))));
    while (requests.size() < count) {
      var path = spelled(pick(random, SPELLINGS), pick(random, names));
      if (random.nextBoolean()) {
        int at = random.nextInt(path.length());
        path = path.substring(0, at)
            + pick(random, List.of("%2f", ";", "//", ".", "%00", "\t", "|", "{", "é", "%e9", "+", "%2e%2e/"))
            + path.substring(at);
      }
      requests.add(new Request(pick(random, METHODS), path, pick(random, BODIES)));
    }
    return requests;
  }

  /** Sends a request as it is, which no HTTP client would. */
  public static Answer send(int port, Request request, String... headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      var text = new StringBuilder(request.method() + " " + request.path() + " HTTP/1.1\r\nHost: localhost:" + port
          + "\r\nConnection: close\r\n");
      for (int i = 0; i < headers.length; i += 2) {
        text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
      }
      text.append("Content-Type: application/json\r\nContent-Length: ").append(request.body().length())
          .append("\r\n\r\n");
      socket.getOutputStream().write(text.append(request.body()).toString().getBytes(ISO_8859_1));
      return answer(socket.getInputStream());
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    var text = new String(in.readAllBytes(), ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    var lines = text.substring(0, end).split("\r\n");
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(lines).skip(1).map(line -> line.split(": ?", 2))
        .forEach(line -> headers.merge(line[0], line[1], (one, other) -> one + ", " + other));
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
  }

  private static String spelled(String spelling, String name) {
    return spelling.replace("%s", name).replace("%%", "%");
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
