package io.hyperfleet.tenancy;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the reader of tenants from its settings. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(TenancyProperties.class)
class TenancyConfiguration {

  @Bean
  Tenancies tenancies(TenancyProperties properties) {
    return new Tenancies(properties);
  }
}
