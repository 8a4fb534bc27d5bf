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
 * The GitOps reverser: what it mirrors, and where to.
 *
 * @param repositories The Git repositories that it may push to.
 * @param destinations What is mirrored into which folder of which branch. With none and one repository: what the
 * adapters make, into the folder clusters of its branch main.
 * @param destinationsFile YAML file with the key destinations, in the same form, in place of destinations: read again
 * while the process runs, so that they change without a restart.
 * @param reloadInterval How often the file is read.
 * @param workDirectory Where the bare clones lie, in the folder for temporary files when it is not set; what is in it
 * can be deleted while nothing runs.
 * @param pollInterval Pause between two looks at what is due; no commit or push comes sooner.
 * @param discoveryInterval How often Kubernetes is asked whether it serves the kinds that are to be watched.
 * @param trailers Trailers of a commit, by their names, and the labels of objects that their values come from.
 * @param commit How changes become commits.
 * @param push How commits reach the remote.
 * @param reconcile How what was missed is found.
 * @param audit Who did it, as Kubernetes' audit log says.
 * @param watch What is not mirrored, whatever the rules say.
 * @param secrets What is done with Secrets.
 * @param leaderElection One of several reversers writes, the others wait.
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
   * @param name Its name in destinations, metrics and conditions.
   * @param url Where it is: https, ssh, git or file.
   * @param allowedBranches Branches that may be written, with * for any text; all when empty.
   * @param credentials Directory with the credentials, as a Secret is mounted, read for each connection: ssh-privatekey
   * (with ssh-password, if it has one) and known_hosts, or token, or username and password; ca.crt where the JVM does
   * not know who signed the server's certificate.
   */
  public record Repository(String name, String url, @DefaultValue List<String> allowedBranches, Path credentials) {}

  /**
   * A folder of a branch, and what is mirrored into it.
   *
   * @param name Its name in metrics and conditions.
   * @param repository Name of its repository; may be left out when there is one.
   * @param branch Its branch; made from the default branch when it is missing.
   * @param baseFolder Folder in the repository.
   * @param prune Which deletions reach Git.
   * @param rules What is mirrored; what the adapters make when empty.
   */
  public record DestinationProperties(String name, String repository, @DefaultValue("main") String branch,
      @DefaultValue("clusters") String baseFolder, @DefaultValue("FULL") Prune prune,
      @DefaultValue List<WatchRule> rules) {}

  /**
   * How changes become commits.
   *
   * @param window Silence after which what one actor changed is committed; 0s makes a commit of each change.
   * @param maxAge Changes are committed after this time though there is no silence.
   * @param maxFiles Files of one commit.
   * @param maxBytes Size of the files of one commit, about.
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
   * @param attempts How often a push is tried at once when the remote has moved meanwhile.
   * @param backoffMax Longest pause after failures; it begins with a second and doubles.
   * @param timeout How long the remote may be silent.
   */
  public record Push(@DefaultValue("5s") Duration cooldown, @DefaultValue("3") @Min(1) int attempts,
      @DefaultValue("5m") Duration backoffMax, @DefaultValue("60s") Duration timeout) {}

  /**
   * How what was missed is found.
   *
   * @param interval Pause between two comparisons of the cluster with Git.
   * @param quietPeriod What changed this recently is not reconciled yet.
   * @param maxDeleteRatio When one comparison would delete more than this part of the files, and more than ten, it
   * deletes none and waits for confirmation.
   * @param startupTimeout Changes at the start wait for the first comparison, but no longer than this.
   * @param confirmationsFile File whose lines confirm deletions that were held, by the code that the condition
   * MassDeleteHeld names; read at each comparison.
   */
  public record Reconcile(@DefaultValue("5m") Duration interval, @DefaultValue("30s") Duration quietPeriod,
      @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1") double maxDeleteRatio,
      @DefaultValue("2m") Duration startupTimeout, Path confirmationsFile) {}

  /**
   * Who did it, as Kubernetes' audit log says.
   *
   * @param enabled Whether Kubernetes posts its audit log here.
   * @param grace How long a change waits for the audit log.
   * @param address Address of the interface that it is posted to.
   * @param port Port that it is posted to.
   * @param tokenFile File with the bearer token that Kubernetes shows; needed when enabled, read for each request.
   * @param sslBundle Name of the bundle below spring.ssl.bundle with the certificate of this port; needed when enabled,
   * since Kubernetes shows its token over TLS only.
   * @param maxBytes Largest request in bytes.
   */
  public record Audit(@DefaultValue("false") boolean enabled, @DefaultValue("3s") Duration grace,
      @DefaultValue("0.0.0.0") String address, @DefaultValue("8090") int port, Path tokenFile,
      @DefaultValue("") String sslBundle,
      @DefaultValue("16777216") int maxBytes) {}

  /**
   * What is not mirrored, whatever the rules say.
   *
   * @param exclude Kinds that change all the time, as [group/]resource. A rule for all kinds leaves them out; one that
   * names such a kind is followed, with a warning.
   * @param ignore Objects that Kubernetes makes in every namespace, as [group/]version/resource/name.
   * @param deletionAsIntent Whether an object that is being deleted counts as gone, whatever its finalizers wait for.
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
   * What is done with Secrets.
   *
   * @param mode Whether a rule that names them is refused, or their values are replaced.
   * @param keyFile File with the key, 32 bytes or more, of the codes that take the values' places.
   * @param types Kinds that are treated as Secrets, which themselves always are, as [group/]version/resource; other
   * versions of a kind are too.
   */
  public record Secrets(@DefaultValue("REFUSE") Mode mode, Path keyFile,
      @DefaultValue("v1/secrets") Set<String> types) {

    /** What is done with them. */
    public enum Mode {
      /** A rule that names them stops the start. */
      REFUSE,
      /** Their keys are kept, and each value is replaced by a keyed hash (HMAC-SHA256) of it. */
      REDACT
    }
  }
}
