package io.hyperfleet.metric;

import java.util.List;

/**
 * Gauges whose labels nobody knows before: asked for whenever {@code /metrics} is read, and absent where there is
 * nothing to tell.
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

  /** The values now. What takes long has to be kept by the source: somebody waits. */
  List<Sample> samples();
}
