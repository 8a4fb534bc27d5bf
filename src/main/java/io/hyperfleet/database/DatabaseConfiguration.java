package io.hyperfleet.database;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Beans of the roles with a database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.API, Role.OUTBOX})
class DatabaseConfiguration {

  private static final Pattern SIMPLE = Pattern.compile("(?i)[?&]preferQueryMode=simple(&|$)");

  /**
   * Checks how the driver sends statements.
   *
   * @throws IllegalArgumentException when it would insert values into statements, where only quoting would prevent SQL
   * injection
   */
  DatabaseConfiguration(Environment environment) {
    var pool = environment.getProperty("spring.datasource.hikari.data-source-properties.preferQueryMode", "");
    if (pool.equalsIgnoreCase("simple")
        || SIMPLE.matcher(environment.getProperty("spring.datasource.url", "")).find()) {
      throw new IllegalArgumentException("spring.datasource: preferQueryMode=simple is not allowed");
    }
  }

  @Bean
  static MeasuredDataSource measuredDataSource(ObjectProvider<MeterRegistry> meters) {
    return new MeasuredDataSource(meters);
  }

  @Bean
  DatabaseCheck databaseCheck(DataSource dataSource) {
    return new DatabaseCheck(new ProbeConnections(dataSource));
  }

  @Bean
  SchemaCheck schemaCheck(DataSource dataSource, ResourcePatternResolver resources) throws IOException {
    return new SchemaCheck(new ProbeConnections(dataSource), resources);
  }

  @Bean
  @ConditionalOnRole(Role.API)
  SchemaMigration schemaMigration() {
    return new SchemaMigration();
  }
}
