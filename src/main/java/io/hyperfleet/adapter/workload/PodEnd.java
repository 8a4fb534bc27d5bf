package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a pod ended: what its container said last, who took it away, and the exit code, which alone tells little then.
 */
final class PodEnd {

  /** What the kubelet writes where it has lost a container: nothing that the container has said. */
  static final String LOST = "ContainerStatusUnknown";

  private PodEnd() {}

  /** In words; absent when nothing of it has failed. */
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

  /** The containers of a pod, those that run first first. */
  static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }

  /** How a container ended, also when it has been started again since. */
  static Optional<ContainerStateTerminated> ended(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState())
        .filter(state -> state != null && state.getTerminated() != null).map(state -> state.getTerminated())
        .findFirst();
  }

  /** How a container ended that has failed, also when it has been started again since. */
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

  /** A pod that a node, the scheduler or somebody else has ended, whatever its containers did. */
  private static Optional<String> takenAway(Pod pod) {
    var status = pod.getStatus();
    if (status.getReason() != null) {
      return Optional.of(status.getReason() + ": pod " + pod.getMetadata().getName() + detail(status.getMessage()));
    }
    return status.getConditions().stream().filter(condition -> "DisruptionTarget".equals(condition.getType())
        && "True".equals(condition.getStatus())).findFirst().map(condition -> condition.getReason() + ": pod "
            + pod.getMetadata().getName() + detail(condition.getMessage()));
  }

  /** What is added to a sentence, if it says anything. */
  static String detail(String message) {
    return message == null || message.isBlank() ? "" : ": " + message.strip().replaceFirst("\\.$", "");
  }
}
