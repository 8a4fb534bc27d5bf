package io.hyperfleet.resource;

import io.hyperfleet.announcement.SuspendedAdapters;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.MetricSource;
import io.hyperfleet.metric.MetricsProperties;
import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.ScheduleProperties;
import io.hyperfleet.sql.SqlFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The age in seconds of the oldest event that each required adapter has not answered. Checks the 1,000 resources that
 * have waited longest, at most once in {@code hyperfleet.metrics.refresh-interval}.
 */
@Component
@ConditionalOnRole(Role.API)
class UnansweredEvents implements MetricSource, ReadinessCheck {

  private static final String SQL = SqlFile.read("metrics-unanswered");
  private static final int TIMEOUT_SECONDS = 1;

  private final JdbcClient jdbc;
  private final Kinds kinds;
  private final SuspendedAdapters suspended;
  private final Duration refresh;
  private final Duration late;
  private final Duration fresh;
  private Map<String, Double> ages = Map.of();
  private long keptUntil = System.nanoTime();

  UnansweredEvents(DataSource dataSource, Kinds kinds, SuspendedAdapters suspended, MetricsProperties metrics,
      ScheduleProperties schedule,
      @Value("${hyperfleet.adapters.fresh}") Duration fresh) {
    var template = new JdbcTemplate(dataSource);
    template.setQueryTimeout(TIMEOUT_SECONDS);
    this.jdbc = JdbcClient.create(template);
    this.kinds = kinds;
    this.suspended = suspended;
    this.refresh = metrics.refreshInterval();
    this.late = schedule.unanswered();
    this.fresh = fresh;
  }

  @Override
  public List<Sample> samples() {
    return ages().entrySet().stream().map(age -> Sample.of(Metric.API_UNANSWERED, age.getValue(), age.getKey()))
        .toList();
  }

  @Override
  public String name() {
    return "adapters";
  }

  /** A late adapter does not affect readiness, but is a warning for operators. */
  @Override
  public String check() {
    var lateOnes = ages().entrySet().stream().filter(age -> age.getValue() > late.toMillis() / 1e3)
        .map(age -> age.getKey() + " for %.0f s".formatted(age.getValue())).collect(Collectors.joining(", "));
    return lateOnes.isEmpty() ? OK : ReadinessCheck.okBut("unanswered events: " + lateOnes);
  }

  private synchronized Map<String, Double> ages() {
    if (System.nanoTime() - keptUntil >= 0) {
      keptUntil = System.nanoTime() + refresh.toNanos();
      ages = Map.of();
      ages = ask();
    }
    return ages;
  }

  private Map<String, Double> ask() {
    var owners = new ArrayList<String>();
    var adapters = new ArrayList<String>();
    var found = new TreeMap<String, Double>();
    for (Kind kind : kinds.all()) {
      for (String adapter : suspended.awaited(kind.requiredAdapters())) {
        owners.add(kind.name());
        adapters.add(adapter);
        found.put(adapter, 0.0);
      }
    }
    jdbc.sql(SQL)
        .param("kinds", owners.toArray(String[]::new))
        .param("adapters", adapters.toArray(String[]::new))
        .param("freshSeconds", fresh.toMillis() / 1e3)
        .query(row -> {
          found.put(row.getString("adapter"), row.getDouble("seconds"));
        });
    return found;
  }
}
