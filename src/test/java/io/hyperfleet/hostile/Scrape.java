package io.hyperfleet.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One look at the metrics, as Prometheus reads them: every line is one of its format, and there are not more than a
 * fleet has.
 */
final class Scrape {

  private static final int MOST_LINES = 20_000;
  private static final Pattern LINE = Pattern.compile(
      "# .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})? \\S+( \\d+)?|");

  private final List<String> lines;

  Scrape(int managementPort) {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/metrics")).build();
    try {
      lines = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body().lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<String> harm() {
    return Stream.concat(
        lines.stream().filter(
            line -> !LINE.matcher(line).matches() || line.startsWith("fake_metric") || line.contains(Canaries.SECRET))
            .map(line -> "a line of the metrics that is none: " + line).limit(5),
        Stream.of(lines.size()).filter(size -> size > MOST_LINES).map(size -> size + " lines of metrics")).toList();
  }
}
