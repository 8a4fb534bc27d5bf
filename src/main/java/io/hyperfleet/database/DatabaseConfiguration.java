package io.hyperfleet.database;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;

/** What the roles with a database wait for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.API, Role.OUTBOX})
class DatabaseConfiguration {

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
