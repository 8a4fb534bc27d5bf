package io.hyperfleet.metric;

/** What a metric is to Prometheus. */
public enum MetricType {
  COUNTER("_total"), GAUGE(""),
  /** Of durations, in seconds. */
  HISTOGRAM("_seconds"),
  /** A gauge that is always 1 and has its information in labels. */
  INFO("_info");

  private final String suffix;

  MetricType(String suffix) {
    this.suffix = suffix;
  }

  /** What Prometheus' name ends with. */
  String suffix() {
    return suffix;
  }
}
