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
import io.hyperfleet.gitops.destination.DestinationsFile;
import io.hyperfleet.gitops.destination.RuleChecks;
import io.hyperfleet.gitops.manifest.ManifestRenderer;
import io.hyperfleet.gitops.manifest.Redaction;
import io.hyperfleet.gitops.manifest.Trailers;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.LiveChanges;
import io.hyperfleet.gitops.watch.QuietPeriod;
import io.hyperfleet.gitops.watch.StartupGates;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the role gitops. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.GITOPS)
public class GitOpsConfiguration {

  static final String LEADERSHIP = "gitOpsLeadership";

  /** Measures windows, pauses and quiet times. */
  @Bean(defaultCandidate = false)
  @ConditionalOnMissingBean(name = "gitOpsClock")
  Clock gitOpsClock() {
    return new MonotonicClock();
  }

  /** Provides the dates of commits. */
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

  @Bean
  @ConditionalOnProperty("hyperfleet.gitops.destinations-file")
  DestinationsFile gitOpsDestinationsFile(GitOpsProperties properties, RuleChecks rules) {
    return new DestinationsFile(properties, rules);
  }

  /** Invalid destinations prevent the start. */
  @Bean
  Destinations gitOpsDestinations(GitOpsProperties properties, RuleChecks rules,
      ObjectProvider<DestinationsFile> file) {
    return file.stream().findFirst().map(given -> given.destinations(given.content()))
        .orElseGet(() -> new Destinations(properties, rules));
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
  Attribution gitOpsAttribution(GitOpsProperties properties, AuditFacts facts, GitOpsMonitor monitor) {
    return new Attribution(facts, properties.audit().enabled() ? properties.audit().grace() : Duration.ZERO, monitor);
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
    return new ClusterObjects(sources, new ManifestRenderer(trailers, redaction), properties.watch(), monitor);
  }

  @Bean
  StartupGates gitOpsStartupGates(Destinations destinations, GitOpsProperties properties,
      @Qualifier("gitOpsClock") Clock clock) {
    return new StartupGates(destinations, properties, clock);
  }

  @Bean
  QuietPeriod gitOpsQuietPeriod(GitOpsProperties properties, ClusterObjects objects, GitOpsMonitor monitor,
      @Qualifier("gitOpsClock") Clock clock) {
    return new QuietPeriod(properties.reconcile().quietPeriod(), objects, monitor, clock);
  }

  @Bean
  LiveChanges gitOpsLiveChanges(WatchSources sources, ClusterObjects objects, StartupGates gates,
      Attribution attribution,
      QuietPeriod quiet, GitOpsMonitor monitor, @Qualifier("gitOpsClock") Clock clock) {
    return new LiveChanges(sources, objects, gates, attribution, quiet, monitor, clock);
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
  EventRouter gitOpsEventRouter(BranchWorkers workers, GitOpsMonitor monitor) {
    return new EventRouter(workers, monitor);
  }

  @Bean
  Reconciliations gitOpsReconciliations(Destinations destinations, GitOpsProperties properties, StartupGates gates,
      ClusterObjects objects, BranchWorkers workers, WatchSources sources, Trailers trailers, GitOpsMonitor monitor,
      @Qualifier("gitOpsClock") Clock clock) {
    return new Reconciliations(destinations, properties, gates, objects, workers, sources, trailers, monitor, clock);
  }

  @Bean
  LeaderRoutePolicy gitOpsLeaderRoutePolicy(StartupGates gates, LiveChanges changes, Attribution attribution,
      Reconciliations reconciliations, BranchWorkers workers, EventRouter router) {
    return new LeaderRoutePolicy(gates, changes, attribution, reconciliations, workers, router);
  }

  @Bean
  GitOpsCheck gitOpsCheck(WatchSources sources, Reconciliations reconciliations,
      ObjectProvider<DestinationReload> reload) {
    return new GitOpsCheck(sources, reconciliations,
        () -> reload.stream().map(DestinationReload::problem).findFirst().orElse(""));
  }

  @Bean
  GitOpsEndpoint gitOpsEndpoint(Reconciliations reconciliations) {
    return new GitOpsEndpoint(reconciliations);
  }
}
