package io.hyperfleet.sentinel;

import io.hyperfleet.election.LeaderCheck;
import io.hyperfleet.election.Leadership;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.RunningComponent;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Sentinel as a whole: the election of the active process, and its metrics. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.SENTINEL)
class SentinelConfiguration {

  static final String LEADERSHIP = "sentinelLeadership";

  @Bean(LEADERSHIP)
  Leadership sentinelLeadership(SentinelProperties properties, KubernetesProperties kubernetes) {
    return new Leadership("sentinel", properties.leaderElection(), kubernetes);
  }

  @Bean
  @ConditionalOnProperty("hyperfleet.sentinel.leader-election.enabled")
  LeaderCheck sentinelLeaderCheck(@Qualifier(LEADERSHIP) Leadership leadership) {
    return new LeaderCheck(leadership);
  }

  @Bean
  RunningComponent runningSentinel() {
    return new RunningComponent(Metric.SENTINEL_BUILD_INFO, Metric.SENTINEL_UP, () -> List.of("sentinel"));
  }
}
