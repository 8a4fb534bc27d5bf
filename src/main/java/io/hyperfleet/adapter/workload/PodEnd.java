package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Explains how a pod ended: termination message, eviction or preemption, and exit code.
 */
final class PodEnd {

  /** Reason that the kubelet sets for a lost container; its message is not the container's. */
  static final String LOST = "ContainerStatusUnknown";

  private PodEnd() {}

  /** The explanation; absent if nothing failed. */
  static Optional<String> words(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    var failed = containers(pod.getStatus()).filter(container -> terminated(container).isPresent()).findFirst();
    var said = failed.flatMap(PodEnd::terminated).filter(end -> !LOST.equals(end.getReason()))
        .map(ContainerStateTerminated::getMessage).map(String::strip).filter(message -> !message.isEmpty());
    var parts = Stream.of(takenAway(pod), failed.map(PodEnd::exit)).flatMap(Optional::stream)
        .collect(Collectors.joining("; "));
    return parts.isEmpty() ? Optional.empty() : Optional.of(said.map(message -> message + ": ").orElse("") + parts);
  }

  /** The containers of a pod, init containers first. */
  static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }

  /** How a container ended, even if it was restarted since. */
  static Optional<ContainerStateTerminated> ended(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState())
        .filter(state -> state != null && state.getTerminated() != null).map(state -> state.getTerminated())
        .findFirst();
  }

  /** How a failed container ended, even if it was restarted since. */
  static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
    return ended(container).filter(end -> end.getExitCode() == null || end.getExitCode() != 0);
  }

  /** The exit of a container that has failed. */
  static String exit(ContainerStatus container) {
    var end = terminated(container).orElseThrow();
    return "container " + container.getName() + " exited with code " + end.getExitCode()
        + (end.getReason() == null ? "" : ", " + end.getReason())
        + ("OOMKilled".equals(end.getReason()) ? "; raise its memory limit" : "");
  }

  /** The reason if a node, the scheduler or someone else ended the pod. */
  private static Optional<String> takenAway(Pod pod) {
    var status = pod.getStatus();
    if (status.getReason() != null) {
      return Optional.of(status.getReason() + ": pod " + pod.getMetadata().getName() + detail(status.getMessage()));
    }
    return status.getConditions().stream().filter(condition -> "DisruptionTarget".equals(condition.getType())
        && "True".equals(condition.getStatus())).findFirst().map(condition -> condition.getReason() + ": pod "
            + pod.getMetadata().getName() + detail(condition.getMessage()));
  }

  /** A detail to append to a sentence, if not empty. */
  static String detail(String message) {
    return message == null || message.isBlank() ? "" : ": " + message.strip().replaceFirst("\\.$", "");
  }
}
