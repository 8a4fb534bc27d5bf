package io.hyperfleet.sentinel;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets Sentinels elect the one that works. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.SENTINEL)
class SentinelElection {

  static final String LEADERSHIP = "sentinelLeadership";

  @Bean(LEADERSHIP)
  Leadership sentinelLeadership(SentinelProperties properties, KubernetesProperties kubernetes) {
    return new Leadership("sentinel", properties.leaderElection(), kubernetes);
  }
}
