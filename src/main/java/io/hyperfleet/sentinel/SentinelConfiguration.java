package io.hyperfleet.sentinel;

import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.RunningPart;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the metrics say of the Sentinel as a whole. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.SENTINEL)
class SentinelConfiguration {

  @Bean
  RunningPart runningSentinel() {
    return new RunningPart(Metric.SENTINEL_BUILD_INFO, Metric.SENTINEL_UP, () -> List.of("sentinel"));
  }
}
