package io.hyperfleet.resource;

import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.MetricSource;
import io.hyperfleet.metric.MetricsProperties;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxRowsWritten;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.SqlFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Metrics of resources that wait for their adapters, wait too long, or have unhealthy reports. Queries the database
 * when {@code /metrics} is read, at most once in {@code hyperfleet.metrics.refresh-interval} and for at most five
 * seconds; without a result the metrics are absent.
 */
@Component
@ConditionalOnRole(Role.API)
class ReconciliationMetrics implements MetricSource {

  private static final String PENDING = SqlFile.read("metrics-pending");
  private static final String UNHEALTHY = SqlFile.read("metrics-unhealthy");
  private static final int TIMEOUT_SECONDS = 5;

  private final JdbcClient jdbc;
  private final MeterRegistry meters;
  private final MetricsProperties properties;
  private List<Sample> last = List.of();
  private long keptUntil = System.nanoTime();

  ReconciliationMetrics(DataSource dataSource, MeterRegistry meters, MetricsProperties properties) {
    var template = new JdbcTemplate(dataSource);
    template.setQueryTimeout(TIMEOUT_SECONDS);
    this.jdbc = JdbcClient.create(template);
    this.meters = meters;
    this.properties = properties;
  }

  /** A user's write starts a reconciliation; the end of a child, or progress, continues one. */
  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void written(OutboxRowsWritten written) {
    written.entries().stream()
        .filter(
            entry -> entry.source() == OutboxEntry.Source.WRITE && !entry.reason().equals(ResourceEvents.CHILD_REMOVED))
        .forEach(entry -> Metric.API_RECONCILIATION_STARTED.counter(meters, entry.aggregateType(),
            String.valueOf(entry.reason().equals(ResourceEvents.DELETED))).increment());
  }

  @Override
  public synchronized List<Sample> samples() {
    if (System.nanoTime() - keptUntil >= 0) {
      keptUntil = System.nanoTime() + properties.refreshInterval().toNanos();
      last = List.of();
      last = ask();
    }
    return last;
  }

  private List<Sample> ask() {
    var samples = new ArrayList<Sample>();
    jdbc.sql(PENDING).param("stuckSeconds", properties.stuckAfter().toMillis() / 1e3).query(row -> {
      var labels = new String[]{lower(row.getString("kind")), String.valueOf(row.getBoolean("is_delete"))};
      samples.add(Sample.of(Metric.API_PENDING, row.getLong("pending"), labels));
      if (row.getLong("stuck") > 0) {
        samples.add(Sample.of(Metric.API_STUCK, row.getLong("stuck"), labels));
        samples.add(Sample.of(Metric.API_STUCK_DURATION, row.getDouble("longest_seconds"), labels));
      }
    });
    jdbc.sql(UNHEALTHY).query(row -> {
      samples.add(Sample.of(Metric.API_UNHEALTHY, row.getLong("unhealthy"), lower(row.getString("kind")),
          row.getString("adapter")));
    });
    return samples;
  }

  private static String lower(String kind) {
    return kind.toLowerCase(Locale.ROOT);
  }
}
