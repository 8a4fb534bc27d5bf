package io.hyperfleet.gitops;

import io.hyperfleet.election.ElectionProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * GitOps: which objects are mirrored to Git, and where.
 *
 * @param repositories Git repositories to push to.
 * @param destinations Objects to mirror, and the branch and folder for them. Default with one repository: the adapters'
 * objects, in the folder clusters of the branch main.
 * @param destinationsFile YAML file with the key destinations, in the same format, as an alternative to destinations.
 * It is reloaded while the process runs.
 * @param reloadInterval How often the destinations file is read.
 * @param workDirectory Directory of the bare clones; by default in the directory for temporary files. Its content can
 * be deleted while no process runs.
 * @param pollInterval Pause between two polls for due commits and pushes.
 * @param discoveryInterval How often Kubernetes is checked for newly served kinds that are to be watched.
 * @param trailers Commit trailers by name, each with the label of the objects that provides its values.
 * @param commit How changes become commits.
 * @param push How commits reach the remote.
 * @param reconcile Comparison of the cluster with Git, which finds missed changes.
 * @param audit Authors of changes, from Kubernetes' audit events.
 * @param watch Objects that are never mirrored, regardless of the rules.
 * @param secrets Handling of Secrets.
 * @param leaderElection One of several processes writes, the others wait.
 */
@Validated
@ConfigurationProperties("hyperfleet.gitops")
public record GitOpsProperties(
    @DefaultValue List<Repository> repositories,
    @DefaultValue List<DestinationProperties> destinations,
    Path destinationsFile,
    @DefaultValue("5s") Duration reloadInterval,
    Path workDirectory,
    @DefaultValue("100ms") Duration pollInterval,
    @DefaultValue("30s") Duration discoveryInterval,
    Map<String, String> trailers,
    @DefaultValue Commit commit,
    @DefaultValue Push push,
    @DefaultValue Reconcile reconcile,
    @DefaultValue Audit audit,
    @DefaultValue Watch watch,
    @DefaultValue Secrets secrets,
    @DefaultValue @NestedConfigurationProperty ElectionProperties leaderElection) {

  private static final Map<String, String> TRAILERS = Map.of("Cluster", "hyperfleet.io/cluster-id",
      "Node-Pool", "hyperfleet.io/nodepool-id", "Adapter", "hyperfleet.io/managed-by");

  public GitOpsProperties {
    workDirectory = workDirectory == null
        ? Path.of(System.getProperty("java.io.tmpdir"), "hyperfleet-gitops")
        : workDirectory;
    trailers = trailers == null || trailers.isEmpty() ? TRAILERS : Map.copyOf(trailers);
  }

  /**
   * A Git repository.
   *
   * @param name Name, as used in destinations, metrics and conditions.
   * @param url URL: https, ssh, git or file.
   * @param allowedBranches Branches that may be written, with * as a wildcard; all when empty.
   * @param credentials Directory with the credentials, as a Secret is mounted, read for each connection: ssh-privatekey
   * (with ssh-password, if it has one) and known_hosts, or token, or username and password; ca.crt if the JVM does not
   * trust the server's CA.
   */
  public record Repository(String name, String url, @DefaultValue List<String> allowedBranches, Path credentials) {}

  /**
   * A folder of a branch, and the objects to mirror into it.
   *
   * @param name Name, as used in metrics and conditions.
   * @param repository Name of the repository; optional if there is only one.
   * @param branch Branch; created from the default branch if missing.
   * @param baseFolder Folder in the repository.
   * @param prune Which deletions are mirrored to Git.
   * @param rules Objects to mirror; the adapters' objects when empty.
   */
  public record DestinationProperties(String name, String repository, @DefaultValue("main") String branch,
      @DefaultValue("clusters") String baseFolder, @DefaultValue("FULL") Prune prune,
      @DefaultValue List<WatchRule> rules) {}

  /**
   * How changes become commits.
   *
   * @param window Quiet time after which an actor's changes are committed together; 0s creates a commit per change.
   * @param maxAge Longest time before changes are committed, even if more keep arriving.
   * @param maxFiles Maximum number of files of one commit.
   * @param maxBytes Approximate maximum size of the files of one commit.
   * @param committerName Name of the committer.
   * @param committerEmail Address of the committer.
   */
  public record Commit(@DefaultValue("5s") Duration window, @DefaultValue("30s") Duration maxAge,
      @DefaultValue("1000") @Min(1) int maxFiles, @DefaultValue("8MB") DataSize maxBytes,
      @DefaultValue("HyperFleet GitOps") String committerName,
      @DefaultValue("gitops@hyperfleet.io") String committerEmail) {}

  /**
   * How commits reach the remote.
   *
   * @param cooldown Pause between two pushes to a branch.
   * @param attempts How many times a push is attempted immediately if the remote has changed.
   * @param backoffMax Longest pause after failures; starts at one second and doubles.
   * @param timeout How long to wait for data from the remote.
   */
  public record Push(@DefaultValue("5s") Duration cooldown, @DefaultValue("3") @Min(1) int attempts,
      @DefaultValue("5m") Duration backoffMax, @DefaultValue("60s") Duration timeout) {}

  /**
   * Comparison of the cluster with Git, which finds missed changes.
   *
   * @param interval Pause between two comparisons of the cluster with Git.
   * @param quietPeriod Objects changed within this time are not reconciled yet.
   * @param maxDeleteRatio If a comparison would delete more than this fraction of the files, and more than ten files,
   * it deletes none and waits for confirmation.
   * @param startupTimeout How long changes after the start wait for the first comparison at most.
   * @param confirmationsFile File whose lines confirm held deletions, with the code from the MassDeleteHeld condition;
   * read at each comparison.
   */
  public record Reconcile(@DefaultValue("5m") Duration interval, @DefaultValue("30s") Duration quietPeriod,
      @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1") double maxDeleteRatio,
      @DefaultValue("2m") Duration startupTimeout, Path confirmationsFile) {}

  /**
   * Authors of changes, from Kubernetes' audit events.
   *
   * @param enabled Whether to receive Kubernetes' audit events.
   * @param grace How long a change waits for its audit event.
   * @param address Address to listen on.
   * @param port Port to listen on.
   * @param tokenFile File with the bearer token that Kubernetes sends; required when enabled, read for each request.
   * @param sslBundle Name of the bundle below spring.ssl.bundle with the certificate of this port; required when
   * enabled, since Kubernetes sends its token over TLS only.
   * @param maxBytes Largest request in bytes.
   */
  public record Audit(@DefaultValue("false") boolean enabled, @DefaultValue("3s") Duration grace,
      @DefaultValue("0.0.0.0") String address, @DefaultValue("8090") int port, Path tokenFile,
      @DefaultValue("") String sslBundle,
      @DefaultValue("16777216") int maxBytes) {}

  /**
   * Objects that are never mirrored, regardless of the rules.
   *
   * @param exclude Kinds that change constantly, as [group/]resource. Rules for all kinds exclude them; a rule that
   * names such a kind is followed, with a warning.
   * @param ignore Objects that Kubernetes creates in every namespace, as [group/]version/resource/name.
   * @param deletionAsIntent Whether an object counts as deleted once its deletion is requested, even if finalizers are
   * pending.
   */
  public record Watch(
      @DefaultValue( {
          "pods", "events", "endpoints", "events.k8s.io/events", "discovery.k8s.io/endpointslices",
          "coordination.k8s.io/leases", "apps/controllerrevisions", "flowcontrol.apiserver.k8s.io/flowschemas",
          "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations", "batch/jobs",
          "batch/cronjobs"}) Set<String> exclude,
      @DefaultValue({"v1/configmaps/kube-root-ca.crt", "v1/serviceaccounts/default"}) Set<String> ignore,
      @DefaultValue("false") boolean deletionAsIntent){
  }

  /**
   * Handling of Secrets.
   *
   * @param mode Whether rules for Secrets are rejected, or their values replaced.
   * @param keyFile File with the key, 32 bytes or more, for the keyed hashes that replace values.
   * @param types Further kinds to treat as Secrets, as [group/]version/resource; applies to all versions of a kind.
   */
  public record Secrets(@DefaultValue("REFUSE") Mode mode, Path keyFile,
      @DefaultValue("v1/secrets") Set<String> types) {

    /** Handling of Secrets. */
    public enum Mode {
      /** A rule for them aborts the start. */
      REFUSE,
      /** Their keys are kept, and each value is replaced by a keyed hash (HMAC-SHA256) of it. */
      REDACT
    }
  }
}
