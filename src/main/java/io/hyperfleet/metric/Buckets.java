package io.hyperfleet.metric;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** Upper bounds of the histograms' buckets. */
final class Buckets {

  private static final Duration[] REQUEST = seconds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);
  private static final Duration[] STATEMENT = seconds(.001, .005, .01, .025, .05, .1, .25, .5, 1);
  private static final Duration[] EVENT = seconds(.1, .5, 1, 2, 5, 10, 30, 60, 120);
  private static final Duration[] RELAY = seconds(.005, .01, .025, .05, .1, .25, .5, 1, 5, 30, 300, 3600);

  private Buckets() {}

  static Duration[] of(Metric metric) {
    return switch (metric) {
      case API_REQUEST_DURATION, SENTINEL_POLL_DURATION -> REQUEST;
      case DB_QUERY_DURATION -> STATEMENT;
      case OUTBOX_PUBLISH_DURATION, OUTBOX_COMMIT_TO_PUBLISH -> RELAY;
      default -> EVENT;
    };
  }

  private static Duration[] seconds(double... bounds) {
    return DoubleStream.of(bounds).mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
        .toArray(Duration[]::new);
  }
}
