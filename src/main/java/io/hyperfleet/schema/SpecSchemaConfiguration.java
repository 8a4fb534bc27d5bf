package io.hyperfleet.schema;

import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/** Loads the schemas once, at the start. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(SpecSchemaProperties.class)
class SpecSchemaConfiguration {

  @Bean
  SpecSchemas specSchemas(SpecSchemaProperties properties, Kinds kinds, ResourceLoader resources) {
    var location = properties.location();
    return new SpecSchemas(kinds,
        location == null || location.isBlank() ? null : resources.getResource(location));
  }
}
