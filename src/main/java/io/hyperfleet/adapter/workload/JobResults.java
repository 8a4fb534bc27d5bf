package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.JobTtl;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.cel.JsonText;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the result of a finished Job: the termination message of its last pod, at most 4,096 bytes. Of several
 * containers, that of the first with one, failed ones first. Expressions see it as {@code resources.<name>.result}:
 * parsed if it is JSON, otherwise as text. It is read once, since the API keeps it, and only if an expression of the
 * adapter reads it.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class JobResults {

  /** Kubernetes' limit per container, which a directly written pod status can exceed. */
  private static final int MOST_BYTES = 4096;
  /** Limit of pods: of a Job with more, no single pod could return a result for all. */
  private static final long MOST_PODS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(JobResults.class);

  private final KubernetesClient kubernetes;

  JobResults(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /**
   * Reads the results of the Jobs that expressions use.
   *
   * @param job the Job of a job-adapter, or null
   * @param objects known objects of a resource-adapter, or null
   * @throws KubernetesClientException when the pods of a Job that has succeeded cannot be read
   */
  @SuppressWarnings("unchecked")
  public Returned read(@Variable("definition") AdapterDefinition definition, @Variable("fetched") Fetched fetched,
      @Variable("resources") Map<String, Object> resources, @Variable("job") JobState job,
      @Variable("known") KnownObjects objects) {
    var launched = job != null ? job.launched() : objects != null ? objects.launched() : List.<Map<String, Object>>of();
    var seen = new LinkedHashMap<>(resources);
    var outputs = new HashMap<String, String>();
    boolean lost = false;
    for (String name : definition.reads().results()) {
      var ended = seen.get(name) == null ? left(job) : (Map<String, Object>) seen.get(name);
      if (!JobTtl.isJob(ended) || Launch.result(ended) == null) {
        continue;
      }
      var metadata = (Map<?, ?>) ended.get("metadata");
      var object = Launch.nameOf(String.valueOf(metadata.get("name")));
      var output = known(fetched, object, launched)
          .or(() -> metadata.get("uid") != null && OwnerLabels.owns(fetched.owner(), ended)
              ? read(ended, metadata).or(() -> before(fetched, object, ended))
              : Optional.empty());
      output.ifPresent(text -> {
        outputs.put(object, text);
        if (!text.isEmpty()) {
          var whole = new LinkedHashMap<>(ended);
          whole.put("result", JsonText.valueOrText(text));
          seen.put(name, whole);
        }
      });
      lost |= output.isEmpty() && Launch.SUCCEEDED.equals(Launch.result(ended));
    }
    return new Returned(seen, outputs, lost);
  }

  /** The objects for expressions. */
  public Map<String, Object> resources(@Variable("returned") Returned returned) {
    return returned.resources();
  }

  /** The Job of a job-adapter that no longer exists but was seen to succeed; otherwise empty. */
  private static Map<String, Object> left(JobState job) {
    return job == null || job.found() || !job.succeeded()
        ? Map.of()
        : Map.of("apiVersion", "batch/v1", "kind", "Job", "metadata", Map.of("name", job.name()), "status",
            Map.of("conditions", List.of(Map.of("type", "Complete", "status", "True"))));
  }

  /** The attempt as known by the API. */
  private static Optional<String> known(Fetched fetched, String object, List<Map<String, Object>> launched) {
    return Launch.known(fetched.own(), object, fetched.owner().generation())
        .filter(known -> launched.stream().filter(launch -> object.equals(launch.get("object")))
            .allMatch(launch -> launch.get("attempt").equals(known.attempt())))
        .map(Launch::output);
  }

  /** The result at an earlier generation of a Job that serves all generations, if it has the same manifest. */
  private static Optional<String> before(Fetched fetched, String object, Map<String, Object> job) {
    var digest = ManifestChange.annotation(job, OwnerLabels.MANIFEST_DIGEST);
    return Launch.last(fetched.own(), object).filter(launch -> digest.equals(launch.digest())).map(Launch::output);
  }

  private Optional<String> read(Map<?, ?> job, Map<?, ?> metadata) {
    try {
      return kubernetes.pods().inNamespace(String.valueOf(metadata.get("namespace")))
          .withLabel("batch.kubernetes.io/job-name", String.valueOf(metadata.get("name")))
          .list(new ListOptionsBuilder().withLimit(MOST_PODS).build()).getItems().stream()
          .filter(pod -> isOf(pod, metadata.get("uid")))
          .max(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
              .thenComparing(pod -> pod.getMetadata().getName()))
          .map(JobResults::output);
    } catch (KubernetesClientException e) {
      if (Launch.SUCCEEDED.equals(Launch.result(job))) {
        throw e;
      }
      // The failure is reported even if the result is unknown.
      LOG.warn("Cannot read the pods of Job {}: {}", metadata.get("name"), KubernetesErrors.details(e));
      return Optional.empty();
    }
  }

  /** Pods of an earlier Job of the same name, such as another attempt, are orphaned. */
  private static boolean isOf(Pod pod, Object uid) {
    var owners = pod.getMetadata().getOwnerReferences();
    return owners.isEmpty() || owners.stream().anyMatch(owner -> owner.getUid().equals(uid));
  }

  /** The termination message of a pod's containers; empty if there is none. */
  static String output(Pod pod) {
    if (pod.getStatus() == null) {
      return "";
    }
    var containers = PodEnd.containers(pod.getStatus()).toList();
    return Stream.concat(containers.stream().filter(container -> PodEnd.terminated(container).isPresent()),
        containers.stream()).flatMap(container -> said(container).stream()).findFirst().orElse("");
  }

  private static Optional<String> said(ContainerStatus container) {
    return PodEnd.ended(container).filter(end -> !PodEnd.LOST.equals(end.getReason()))
        .map(ContainerStateTerminated::getMessage).map(JobResults::bounded).filter(text -> !text.isEmpty());
  }

  /** Text that can be stored: without U+0000 and unpaired surrogates, and within Kubernetes' limit. */
  private static String bounded(String message) {
    var bytes = message.replace('\0', '\uFFFD').strip().getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes.length, MOST_BYTES);
    while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
