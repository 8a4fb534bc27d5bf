package io.hyperfleet.local.kubernetes.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.write.Conditions;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.util.function.Consumer;

/** A Job's pod and its statuses as a kubelet would report them; no container ever runs. */
final class PodShapes {

  private static final String UNSCHEDULABLE = "Unschedulable";
  private static final String CRASH_LOOP = "CrashLoopBackOff";

  private PodShapes() {
  }

  public static ObjectNode of(JsonNode job, String name) {
    var pod = Json.object();
    var template = job.path("spec").path("template");
    var metadata = pod.putObject("metadata").put("name", name).put("generateName", Json.name(job) + "-");
    for (var field : new String[]{"labels", "annotations"}) {
      if (template.path("metadata").has(field)) {
        metadata.set(field, template.path("metadata").path(field).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").addObject().put("apiVersion", "batch/v1").put("kind", "Job")
        .put("name", Json.name(job)).put("uid", Json.uid(job)).put("controller", true).put("blockOwnerDeletion", true);
    pod.set("spec", template.path("spec").deepCopy());
    Json.ensure(pod, "spec").put("nodeName", "local");
    return pod;
  }

  static ObjectNode running(ObjectNode pod) {
    return status(pod, "Running", true, true, state -> state.putObject("running").put("startedAt", Writer.now()));
  }

  /** A pod that does not come up, for a waiting reason or for want of a node. */
  static ObjectNode waiting(ObjectNode pod, String reason) {
    if (reason.equals(UNSCHEDULABLE)) {
      Json.ensure(pod, "status").put("phase", "Pending");
      Conditions.set(pod, "PodScheduled", false, reason, message(pod, reason));
      return pod;
    }
    if (reason.equals(CRASH_LOOP)) {
      status(pod, "Running", true, false, state -> state.putObject("waiting").put("reason", reason)
          .put("message", message(pod, reason)));
      pod.at("/status/containerStatuses")
          .forEach(container -> terminated(((ObjectNode) container).put("restartCount", 3)
              .putObject("lastState"), pod, 1, "Error", ""));
      return pod;
    }
    return status(pod, "Pending", true, false, state -> state.putObject("waiting").put("reason", reason)
        .put("message", message(pod, reason)));
  }

  static String eventReason(String reason) {
    return reason.equals(UNSCHEDULABLE) ? "FailedScheduling" : reason.contains("Image") ? "Failed" : "BackOff";
  }

  static String message(ObjectNode pod, String reason) {
    if (reason.equals(UNSCHEDULABLE)) {
      return "0/1 nodes are available: 1 Insufficient cpu.";
    }
    if (reason.equals(CRASH_LOOP)) {
      return "back-off 40s restarting failed container=" + Json.text(pod.at("/spec/containers/0"), "name") + " pod="
          + Json.name(pod);
    }
    return reason.contains("Image")
        ? "Back-off pulling image \"%s\"".formatted(
            Json.text(pod.at("/spec/containers/0"), "image"))
        : reason;
  }

  /** A pod whose containers have said something last, or nothing where that is empty. */
  static ObjectNode succeeded(ObjectNode pod, String message) {
    return status(pod, "Succeeded", true, false, state -> terminated(state, pod, 0, "Completed", message));
  }

  /** A pod that failed: with exit code 1, or another ({@code exit:3}), for want of memory, or evicted by its node. */
  static ObjectNode failed(ObjectNode pod, String message, String how) {
    if (how.equals("Evicted")) {
      var status = Json.ensure(pod, "status").put("phase", "Failed").put("reason", "Evicted")
          .put("message", message.isEmpty() ? "The node was low on resource: memory. " : message);
      // What its kubelet says of the container that it killed hides why.
      lost(pod);
      Conditions.set(pod, "DisruptionTarget", true, "TerminationByKubelet", Json.text(status, "message"));
      return pod;
    }
    int code = how.startsWith("exit:") ? Integer.parseInt(how.substring(5)) : how.equals("OOMKilled") ? 137 : 1;
    return status(pod, "Failed", true, false,
        state -> terminated(state, pod, code, how.equals("OOMKilled") ? how : "Error", message));
  }

  private static void lost(ObjectNode pod) {
    var phase = Json.text(pod, "status", "phase");
    status(pod, phase, true, false, state -> terminated(state, pod, 137, "ContainerStatusUnknown",
        "The container could not be located when the pod was terminated"));
  }

  private static void terminated(ObjectNode state, JsonNode pod, int exitCode, String reason, String message) {
    var started = Json.text(pod, "status", "startTime");
    state.putObject("terminated").put("exitCode", exitCode).put("reason", reason)
        .put("startedAt", started.isEmpty() ? Writer.now() : started).put("finishedAt", Writer.now());
    if (!message.isEmpty()) {
      Json.ensure(state, "terminated").put("message", message);
    }
  }

  private static ObjectNode status(ObjectNode pod, String phase, boolean scheduled, boolean ready,
      Consumer<ObjectNode> state) {
    var status = Json.ensure(pod, "status").put("phase", phase);
    Json.defaultTo(status, "startTime", Writer.now());
    var statuses = status.putArray("containerStatuses");
    for (var container : pod.path("spec").path("containers")) {
      var item = statuses.addObject().put("name", Json.text(container, "name"))
          .put("image", Json.text(container, "image")).put("imageID", "").put("ready", ready).put("restartCount", 0)
          .put("started", ready);
      state.accept(item.putObject("state"));
    }
    Conditions.set(pod, "PodScheduled", scheduled, "", "");
    Conditions.set(pod, "Ready", ready, phase.equals("Succeeded") ? "PodCompleted" : "", "");
    return pod;
  }
}
