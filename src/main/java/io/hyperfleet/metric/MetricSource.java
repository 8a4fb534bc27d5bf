package io.hyperfleet.metric;

import java.util.List;

/**
 * Gauges with dynamic labels: computed whenever {@code /metrics} is read.
 */
@FunctionalInterface
public interface MetricSource {

  /**
   * One value.
   *
   * @param metric a gauge or an info
   * @param labels the values of {@link Metric#tags()}, in their order
   */
  record Sample(Metric metric, double value, List<String> labels) {

    public static Sample of(Metric metric, double value, String... labels) {
      return new Sample(metric, value, List.of(labels));
    }
  }

  /** The current values. Slow ones must be cached, since a scrape waits for them. */
  List<Sample> samples();
}
