package io.hyperfleet.gitops.lifecycle;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.election.LeaderCheck;
import io.hyperfleet.election.Leadership;
import io.hyperfleet.git.UrlRepository;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.author.Attribution;
import io.hyperfleet.gitops.author.AuditFacts;
import io.hyperfleet.gitops.author.AuditTls;
import io.hyperfleet.gitops.author.AuditWebhook;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.destination.RuleChecks;
import io.hyperfleet.gitops.manifest.Manifests;
import io.hyperfleet.gitops.manifest.Redaction;
import io.hyperfleet.gitops.manifest.Trailers;
import io.hyperfleet.gitops.reconcile.DestinationCondition;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.WatchManager;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.gitops.write.BranchWorkers;
import io.hyperfleet.gitops.write.CommitMaker;
import io.hyperfleet.gitops.write.EventRouter;
import io.hyperfleet.gitops.write.WallTime;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the reverser's routes call. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GITOPS)
public class GitOpsConfiguration {

  static final String LEADERSHIP = "gitOpsLeadership";

  /** What windows, pauses and quiet times are measured by. */
  @Bean(defaultCandidate = false)
  @ConditionalOnMissingBean(name = "gitOpsClock")
  Clock gitOpsClock() {
    return new MonotonicClock();
  }

  /** What commits are dated by. */
  @Bean(defaultCandidate = false)
  @ConditionalOnMissingBean(name = "gitOpsWallClock")
  Clock gitOpsWallClock() {
    return Clock.systemUTC();
  }

  @Bean(LEADERSHIP)
  Leadership gitOpsLeadership(GitOpsProperties properties, KubernetesProperties kubernetes) {
    return new Leadership("gitops", properties.leaderElection(), kubernetes);
  }

  @Bean
  @ConditionalOnProperty("hyperfleet.gitops.leader-election.enabled")
  LeaderCheck gitOpsLeaderCheck(@Qualifier(LEADERSHIP) Leadership leadership) {
    return new LeaderCheck(leadership);
  }

  @Bean
  Redaction gitOpsRedaction(GitOpsProperties properties) {
    return new Redaction(properties.secrets());
  }

  @Bean
  RuleChecks gitOpsRuleChecks(GitOpsProperties properties, Redaction redaction) {
    return new RuleChecks(properties.watch(), redaction);
  }

  /** Wrong destinations stop the start. */
  @Bean
  Destinations gitOpsDestinations(GitOpsProperties properties, RuleChecks rules) {
    return new Destinations(properties, rules);
  }

  @Bean
  GitOpsMonitor gitOpsMonitor(MeterRegistry meters, @Qualifier("gitOpsWallClock") Clock wall) {
    return new GitOpsMonitor(meters, wall);
  }

  @Bean
  WatchSources gitOpsWatchSources(KubernetesClient kubernetes, Destinations destinations, RuleChecks rules,
      GitOpsMonitor monitor) {
    return new WatchSources(kubernetes, destinations, rules, monitor);
  }

  @Bean
  AuditFacts gitOpsAuditFacts(@Qualifier("gitOpsClock") Clock clock) {
    return new AuditFacts(clock);
  }

  @Bean
  Attribution gitOpsAttribution(GitOpsProperties properties, AuditFacts facts) {
    return new Attribution(facts, properties.audit().enabled() ? properties.audit().grace() : Duration.ZERO);
  }

  @Bean
  Trailers gitOpsTrailers(GitOpsProperties properties) {
    return new Trailers(properties.trailers());
  }

  @Bean
  AuditWebhook gitOpsAuditWebhook(GitOpsProperties properties, AuditFacts facts, GitOpsMonitor monitor) {
    return new AuditWebhook(properties.audit(), facts, monitor);
  }

  @Bean
  AuditTls gitOpsAuditTls(GitOpsProperties properties, SslBundles bundles) {
    return new AuditTls(properties.audit(), bundles);
  }

  @Bean
  ClusterObjects gitOpsClusterObjects(WatchSources sources, Trailers trailers, Redaction redaction,
      GitOpsProperties properties, GitOpsMonitor monitor) {
    return new ClusterObjects(sources, new Manifests(trailers, redaction), properties.watch(), monitor);
  }

  @Bean
  WatchManager gitOpsWatchManager(WatchSources sources, Destinations destinations, ClusterObjects objects,
      Attribution attribution, GitOpsProperties properties, GitOpsMonitor monitor, @Qualifier("gitOpsClock") Clock clock) {
    return new WatchManager(sources, destinations, objects, attribution, properties, monitor, clock);
  }

  @Bean
  CommitMaker gitOpsCommitMaker(GitOpsProperties properties, ClusterObjects objects, Attribution attribution,
      @Qualifier("gitOpsClock") Clock clock, @Qualifier("gitOpsWallClock") Clock wall) {
    return new CommitMaker(properties.commit(), objects, attribution, new WallTime(clock, wall));
  }

  @Bean
  BranchWorkers gitOpsBranchWorkers(Destinations destinations, GitOpsProperties properties, CommitMaker commits,
      GitOpsMonitor monitor, @Qualifier(LEADERSHIP) Leadership leadership, @Qualifier("gitOpsClock") Clock clock) {
    return new BranchWorkers(destinations,
        repository -> new UrlRepository(repository.url(), properties.push().timeout(), repository.credentials()),
        properties, commits, monitor, leadership, clock);
  }

  @Bean
  EventRouter gitOpsEventRouter(BranchWorkers workers, Attribution attribution, GitOpsMonitor monitor,
      @Qualifier(LEADERSHIP) Leadership leadership) {
    return new EventRouter(workers, attribution, monitor, leadership);
  }

  @Bean
  Reconciliations gitOpsReconciliations(Destinations destinations, GitOpsProperties properties, WatchManager watch,
      ClusterObjects objects, BranchWorkers workers, WatchSources sources, Trailers trailers, GitOpsMonitor monitor,
      @Qualifier("gitOpsClock") Clock clock) {
    var reconciliations =
        new Reconciliations(destinations, properties, watch, objects, workers, sources, trailers, monitor, clock);
    destinations.all().forEach(destination -> DestinationCondition.TYPES.forEach(type ->
        monitor.watch(destination.name(), type, () -> reconciliations.condition(destination.name(), type).value())));
    return reconciliations;
  }

  @Bean
  GitOpsTerm gitOpsTerm(WatchManager watch, Reconciliations reconciliations, BranchWorkers workers) {
    return new GitOpsTerm(watch, reconciliations, workers);
  }

  @Bean
  GitOpsCheck gitOpsCheck(WatchSources sources, Reconciliations reconciliations) {
    return new GitOpsCheck(sources, reconciliations);
  }

  @Bean
  GitOpsEndpoint gitOpsEndpoint(Reconciliations reconciliations) {
    return new GitOpsEndpoint(reconciliations);
  }
}
