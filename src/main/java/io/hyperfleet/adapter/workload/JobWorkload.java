package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.JobTtl;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.log.LogContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.kubernetes.KubernetesConstants;

/**
 * The Job of a job-adapter: its name for a generation, what it is made of, and what its state says. The requests
 * themselves are steps of the route.
 */
public class JobWorkload {

  private static final String JOB = "Job";

  private final WorkloadFailures failures;
  private final KubernetesSerialization mapper;

  public JobWorkload(WorkloadFailures failures, KubernetesSerialization mapper) {
    this.failures = failures;
    this.mapper = mapper;
  }

  /** Addresses the Job of this generation. */
  public void address(Exchange exchange, @Variable("owner") Owner owner,
      @Variable("definition") AdapterDefinition definition) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setBody(null);
    in.setHeader(KubernetesConstants.KUBERNETES_JOB_NAME, WorkloadName.of(owner));
    in.setHeader(KubernetesConstants.KUBERNETES_NAMESPACE_NAME, definition.namespace());
  }

  /** Takes what the look-up found: sets {@code jobFound}, and then {@code job}, {@code ours}, {@code workload}. */
  public void found(Exchange exchange, @Variable("owner") Owner owner) {
    var job = exchange.getIn().getBody(Job.class);
    exchange.setVariable("jobFound", job != null);
    if (job == null) {
      return;
    }
    LogContext.noObject();
    Map<String, Object> object = asMap(job);
    exchange.setVariable("job", object);
    exchange.setVariable("resources", Map.of("job", object));
    boolean ours = OwnerLabels.owns(owner, object);
    exchange.setVariable("ours", ours);
    if (ours) {
      JobLaunches.found(exchange, owner, job.getMetadata().getName(), JobRetries.attempt(job).orElse(1), object);
    }
    exchange.setVariable("workload", metadata(exchange, job));
    exchange.setVariable("message", "Job " + job.getMetadata().getName());
  }

  /**
   * Prepares the creation of the Job from the adapter's manifest.
   *
   * @throws UnusableManifestException when the manifest, filled in, is no Job
   */
  public void prepare(Exchange exchange, @Variable("owner") Owner owner,
      @Variable("definition") AdapterDefinition definition) {
    var manifest = Manifests.of(exchange).get(0).object();
    var name = WorkloadName.of(owner);
    var in = exchange.getIn();
    try {
      OwnerLabels.stamp(manifest, owner);
      int attempt = JobRetries.attempt(exchange);
      OwnerLabels.annotate(manifest, OwnerLabels.ATTEMPT, String.valueOf(attempt));
      JobTtl.raise(manifest);
      var job = mapper.convertValue(manifest, Job.class);
      in.removeHeaders("*");
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_NAME, name);
      in.setHeader(KubernetesConstants.KUBERNETES_NAMESPACE_NAME, definition.namespace());
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_SPEC, job.getSpec());
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_LABELS, job.getMetadata().getLabels());
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_ANNOTATIONS, new HashMap<>(job.getMetadata().getAnnotations()));
      exchange.setVariable("workload", Map.of("job_name", name, "job_namespace", definition.namespace(), "attempt", attempt));
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid("the manifest is no Job: " + e.getMessage());
    }
    exchange.setVariable("message", "Job " + name + " was created");
    ObjectLog.trying(JOB, definition.namespace(), name);
  }

  /** Kubernetes has it now: the log and the report say so. */
  public void created(Exchange exchange, @Variable("owner") Owner owner, @Variable("definition") AdapterDefinition definition) {
    JobLaunches.created(exchange, owner);
    ObjectLog.done("Created", JOB, definition.namespace(), WorkloadName.of(owner));
  }

  /** Sets {@code message}: the name is taken. */
  public void describeForeign(Exchange exchange, @Variable("owner") Owner owner) {
    exchange.setVariable("message", "Failed to create workload: "
        + UnusableManifestException.taken("Job " + WorkloadName.of(owner)).getMessage());
  }

  /** Sets {@code failedJob}, the one among {@code resources}, and {@code message}: why it failed. */
  public void describeFailure(Exchange exchange, @Variable("resources") Map<String, Object> resources) {
    resources.values().stream()
        .filter(resource -> resource instanceof Map<?, ?> map && JOB.equals(map.get("kind")))
        .map(resource -> mapper.convertValue(resource, Job.class))
        .filter(WorkloadFailures::failed)
        .findFirst()
        .ifPresent(job -> {
          exchange.setVariable("failedJob", job);
          exchange.setVariable("message", failures.describe(job));
        });
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(Job job) {
    return mapper.convertValue(job, Map.class);
  }

  private static Map<String, Object> metadata(Exchange exchange, Job job) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("job_name", job.getMetadata().getName());
    metadata.put("job_namespace", job.getMetadata().getNamespace());
    JobRetries.reported(exchange, job).ifPresent(attempt -> metadata.put("attempt", attempt));
    var status = job.getStatus();
    if (status != null && status.getStartTime() != null) {
      metadata.put("started_time", status.getStartTime());
    }
    if (status != null && status.getCompletionTime() != null) {
      metadata.put("completed_time", status.getCompletionTime());
    }
    return metadata;
  }
}
