package io.hyperfleet.faults.stage;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.faults.stage.History.JobMade;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every Job that Kubernetes has created, also those that are gone again: heard by a watch, past every fault. */
final class JobLog implements AutoCloseable {

  private final List<JobMade> jobs = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<Job> informer;

  JobLog(KubernetesClient kubernetes) {
    informer = kubernetes.batch().v1().jobs().inAnyNamespace().inform(new ResourceEventHandler<>() {
      @Override
      public void onAdd(Job job) {
        var metadata = job.getMetadata();
        jobs.add(new JobMade(metadata.getLabels().get(OwnerLabels.MANAGED_BY),
            metadata.getLabels().get(OwnerLabels.CLUSTER_ID), metadata.getLabels().get(OwnerLabels.GENERATION),
            run(metadata), metadata.getUid()));
      }

      @Override
      public void onUpdate(Job before, Job job) {
        // Only what is made counts.
      }

      @Override
      public void onDelete(Job job, boolean lastStateUnknown) {
        // What was made stays made.
      }
    });
  }

  /** What sets it apart from others that may run at the same generation: its attempt, or its manifest among several. */
  private static String run(ObjectMeta metadata) {
    var annotations = metadata.getAnnotations();
    return Stream.of(OwnerLabels.ATTEMPT, OwnerLabels.MANIFEST, OwnerLabels.MANIFEST_DIGEST)
        .filter(annotations::containsKey).map(name -> ", " + name + " " + annotations.get(name))
        .collect(Collectors.joining());
  }

  List<JobMade> jobs() {
    return List.copyOf(jobs);
  }

  @Override
  public void close() {
    informer.close();
  }
}
