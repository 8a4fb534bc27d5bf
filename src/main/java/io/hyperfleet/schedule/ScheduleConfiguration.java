package io.hyperfleet.schedule;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the schedule from its settings. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(ScheduleProperties.class)
class ScheduleConfiguration {

  @Bean
  Schedule schedule(ScheduleProperties properties) {
    return new Schedule(properties);
  }
}
