package io.hyperfleet.gitops;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.git.UrlRepository;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the reverser's routes call. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GITOPS)
class GitOpsConfiguration {

  /** What windows, pauses and quiet times are measured by. */
  @Bean(defaultCandidate = false)
  @ConditionalOnMissingBean(name = "gitOpsClock")
  Clock gitOpsClock() {
    return new MonotonicClock();
  }

  /** Wrong destinations stop the start. */
  @Bean
  Destinations gitOpsDestinations(GitOpsProperties properties) {
    return new Destinations(properties);
  }

  @Bean
  GitOpsMonitor gitOpsMonitor(MeterRegistry meters) {
    return new GitOpsMonitor(meters);
  }

  @Bean
  WatchSources gitOpsWatchSources(KubernetesClient kubernetes, Destinations destinations) {
    return new WatchSources(kubernetes, destinations);
  }

  @Bean
  AuditFacts gitOpsAuditFacts() {
    return new AuditFacts();
  }

  @Bean
  WatchManager gitOpsWatchManager(WatchSources sources, Destinations destinations, GitOpsProperties properties,
      AuditFacts facts, GitOpsMonitor monitor, @Qualifier("gitOpsClock") Clock clock) {
    var attribution = new Attribution(facts, properties.audit().enabled() ? properties.audit().grace() : Duration.ZERO);
    return new WatchManager(sources, destinations, new Manifests(properties.trailers()), attribution, properties, monitor,
        clock);
  }

  @Bean
  BranchWorkers gitOpsBranchWorkers(Destinations destinations, GitOpsProperties properties, WatchManager cluster,
      GitOpsMonitor monitor, @Qualifier("gitOpsClock") Clock clock) {
    return new BranchWorkers(destinations, repository -> new UrlRepository(repository.url(), properties.push().timeout()),
        properties, cluster, monitor, clock);
  }

  @Bean
  EventRouter gitOpsEventRouter(BranchWorkers workers, GitOpsMonitor monitor) {
    return new EventRouter(workers, monitor);
  }

  @Bean
  Reconciliations gitOpsReconciliations(Destinations destinations, GitOpsProperties properties, WatchManager watch,
      BranchWorkers workers, WatchSources sources, GitOpsMonitor monitor, @Qualifier("gitOpsClock") Clock clock) {
    return new Reconciliations(destinations, properties, watch, workers, sources, monitor, clock);
  }
}
