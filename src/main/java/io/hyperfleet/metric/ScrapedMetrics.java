package io.hyperfleet.metric;

import io.hyperfleet.role.Release;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Adds what {@link MetricSource}s tell to {@code /metrics}. Micrometer has neither info metrics nor gauges that come
 * and go.
 */
@Component
class ScrapedMetrics implements MultiCollector {

  private static final Logger LOG = LoggerFactory.getLogger(ScrapedMetrics.class);

  private final ObjectProvider<MetricSource> sources;
  private final MetricTags tags;

  ScrapedMetrics(ObjectProvider<PrometheusRegistry> registry, ObjectProvider<MetricSource> sources, MetricTags tags) {
    this.sources = sources;
    this.tags = tags;
    registry.ifAvailable(prometheus -> prometheus.register(this));
  }

  @Override
  public MetricSnapshots collect() {
    var byMetric = sources.orderedStream().flatMap(source -> ask(source).stream())
        .collect(
            Collectors.groupingBy(MetricSource.Sample::metric, () -> new EnumMap<>(Metric.class), Collectors.toList()));
    var snapshots = MetricSnapshots.builder();
    byMetric.forEach((metric, samples) -> snapshots.metricSnapshot(snapshot(metric, samples)));
    return snapshots.build();
  }

  private static List<MetricSource.Sample> ask(MetricSource source) {
    try {
      return source.samples();
    } catch (RuntimeException e) {
      LOG.debug("{} has no metrics now: {}", source, e.toString());
      return List.of();
    }
  }

  private MetricSnapshot snapshot(Metric metric, List<MetricSource.Sample> samples) {
    if (metric.type() == MetricType.INFO) {
      var info = InfoSnapshot.builder().name(metric.meter().replace('.', '_')).help(metric.description());
      samples.forEach(sample -> info.dataPoint(InfoDataPointSnapshot.builder().labels(labels(sample)).build()));
      return info.build();
    }
    var gauge = GaugeSnapshot.builder().name(metric.prometheusName()).help(metric.description());
    samples.forEach(sample -> gauge
        .dataPoint(GaugeDataPointSnapshot.builder().labels(labels(sample)).value(sample.value()).build()));
    return gauge.build();
  }

  private Labels labels(MetricSource.Sample sample) {
    var keys = sample.metric().tags();
    var labels = Labels.builder().label(MetricTags.VERSION, Release.version());
    if (!keys.contains(MetricTags.COMPONENT)) {
      labels.label(MetricTags.COMPONENT, tags.component(sample.metric().meter()));
    }
    for (int i = 0; i < keys.size(); i++) {
      labels.label(keys.get(i), sample.labels().get(i));
    }
    return labels.build();
  }
}
