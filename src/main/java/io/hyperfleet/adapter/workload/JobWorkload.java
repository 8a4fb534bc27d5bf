package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.JobTtl;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.log.LogContext;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.kubernetes.KubernetesConstants;
import org.springframework.stereotype.Component;

/**
 * The Job of a job-adapter: builds it for a generation and evaluates its state. The route sends the requests that read
 * and create it.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class JobWorkload {

  private static final String JOB = "Job";

  private final KubernetesClient kubernetes;
  private final WorkloadFailures failures;
  private final KubernetesSerialization mapper;

  public JobWorkload(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
    this.failures = new WorkloadFailures(kubernetes);
    this.mapper = kubernetes.getKubernetesSerialization();
  }

  /** Addresses the Job of this generation. */
  public void address(Exchange exchange, @Variable("fetched") Fetched fetched,
      @Variable("definition") AdapterDefinition definition) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setBody(null);
    in.setHeader(KubernetesConstants.KUBERNETES_JOB_NAME, WorkloadName.of(fetched.owner()));
    in.setHeader(KubernetesConstants.KUBERNETES_NAMESPACE_NAME, definition.namespace());
  }

  /** The state of the Job that was read; {@code before} is its earlier state in this event. */
  @SuppressWarnings("unchecked")
  public JobState look(@Body Job found, @Variable("fetched") Fetched fetched, @Variable("assessed") Assessed assessed,
      @Variable("definition") AdapterDefinition definition, @Variable("job") JobState before) {
    if (found == null) {
      return JobState.absent(fetched, assessed, definition);
    }
    LogContext.noObject();
    return JobState.found(found, mapper.convertValue(found, Map.class), fetched, definition, before,
        failures::describe);
  }

  /** The Job for expressions: {@code resources.job}. */
  public Map<String, Object> resources(@Variable("job") JobState job) {
    return job.resources();
  }

  /** The policy forbids the rendered manifest. */
  public JobState forbidden(@Variable("job") JobState job, @Variable("violations") List<String> violations) {
    return job.forbidden(Manifests.describe(violations));
  }

  /** The failed Job is to be replaced by the next attempt. */
  public JobState announce(@Variable("job") JobState job, @Variable("fetched") Fetched fetched,
      @Variable("definition") AdapterDefinition definition) {
    return job.announced(definition, fetched.owner().generation());
  }

  /**
   * Deletes the failed Job to make room for the next attempt.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when the Job has changed since it was read
   */
  public void remove(@Variable("job") JobState job) {
    WorkloadDeletion.deleteUnchanged(kubernetes, job.object());
  }

  /** Numbers the attempt that is about to be created. */
  public JobState submit(@Variable("job") JobState job, @Variable("definition") AdapterDefinition definition) {
    return job.submitted(definition);
  }

  /**
   * Prepares the creation of the Job from the adapter's manifest.
   *
   * @throws UnusableManifestException when the rendered manifest is not a Job
   */
  public void prepare(Exchange exchange, @Variable("fetched") Fetched fetched, @Variable("job") JobState job,
      @Variable("manifests") List<RenderedManifest> manifests, @Variable("definition") AdapterDefinition definition) {
    var manifest = manifests.get(0).object();
    var in = exchange.getIn();
    try {
      OwnerLabels.stamp(manifest, fetched.owner());
      OwnerLabels.annotate(manifest, OwnerLabels.ATTEMPT, String.valueOf(job.next()));
      OwnerLabels.annotate(manifest, OwnerLabels.ADAPTER_REVISION, definition.digest());
      JobTtl.raise(manifest);
      var wanted = mapper.convertValue(manifest, Job.class);
      in.removeHeaders("*");
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_NAME, job.name());
      in.setHeader(KubernetesConstants.KUBERNETES_NAMESPACE_NAME, definition.namespace());
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_SPEC, wanted.getSpec());
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_LABELS, wanted.getMetadata().getLabels());
      in.setHeader(KubernetesConstants.KUBERNETES_JOB_ANNOTATIONS,
          new HashMap<>(wanted.getMetadata().getAnnotations()));
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid("the manifest is not a Job: " + e.getMessage());
    }
    ObjectLog.trying(JOB, definition.namespace(), job.name());
  }

  /** The Job was created; logs it and updates the state. */
  public JobState created(@Variable("job") JobState job, @Variable("fetched") Fetched fetched,
      @Variable("definition") AdapterDefinition definition) {
    ObjectLog.done("Created", JOB, definition.namespace(), job.name());
    return job.created(fetched.owner().generation());
  }

  /** A concurrent event was faster. */
  public JobState startedElsewhere(@Variable("job") JobState job) {
    return job.startedElsewhere();
  }

  /** Kubernetes, or the check of the rendered manifest, rejected it. */
  public JobState refused(Exchange exchange, @Variable("job") JobState job, @Variable("fetched") Fetched fetched) {
    return job.refused(fetched.owner().generation(), KubernetesErrors.describeRefusal(exchange));
  }

  /** A permission is missing, or there are too many requests. */
  public JobState notTaken(@Variable("job") JobState job, @Variable("fetched") Fetched fetched) {
    return job.notTaken(fetched.owner().generation());
  }

  /** Why a Job among the resources has failed. */
  public String describeFailure(@Variable("resources") Map<String, Object> resources) {
    return resources.values().stream()
        .filter(resource -> resource instanceof Map<?, ?> map && JOB.equals(map.get("kind")))
        .map(resource -> mapper.convertValue(resource, Job.class))
        .filter(WorkloadFailures::failed)
        .findFirst().map(failures::describe).orElse("");
  }
}
