package io.hyperfleet.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Measures the statements of this process's pool, and the pool itself; callers queue for connections. */
class MeasuredDataSource implements BeanPostProcessor {

  private final ObjectProvider<MeterRegistry> registry;

  /** The meters are looked up once the pool exists: dependencies of a post-processor are created too early. */
  MeasuredDataSource(ObjectProvider<MeterRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof HikariDataSource pool ? measured(pool) : bean;
  }

  private DataSource measured(HikariDataSource pool) {
    var meters = registry.getObject();
    Metric.DB_CONNECTIONS_OPEN.gauge(meters, pool, it -> count(it, HikariPoolMXBean::getTotalConnections));
    Metric.DB_CONNECTIONS_IN_USE.gauge(meters, pool, it -> count(it, HikariPoolMXBean::getActiveConnections));
    return new TimedDataSource(new QueueingDataSource(pool), new StatementMeters(meters));
  }

  /** There is no pool before its first connection. */
  private static double count(HikariDataSource pool, ToIntFunction<HikariPoolMXBean> connections) {
    var bean = pool.getHikariPoolMXBean();
    return bean == null ? 0 : connections.applyAsInt(bean);
  }
}
