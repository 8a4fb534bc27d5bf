package io.hyperfleet.local.kubernetes.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import io.hyperfleet.local.kubernetes.write.Conditions;
import io.hyperfleet.local.kubernetes.write.Deleter;
import io.hyperfleet.local.kubernetes.write.NewObjects;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The Job controller and the kubelet in one: a Job gets one pod, which ends after the set time. A Job that fails fails
 * with its first pod, whatever its backoffLimit, since nobody wants to wait for seven.
 */
public final class JobSimulator {

  private static final String CONTROLLER = "job-controller";
  private static final WriteOptions STATUS = WriteOptions.status("kube-controller-manager");
  private static final WriteOptions KUBELET = WriteOptions.status("kubelet");

  private static final Steering DEADLINE = new Steering("", "exit:143", "", "", Duration.ZERO);
  /** The reason of a Job that may not create pods, as of one whose namespace has no quota left. */
  private static final String EVICTED = "Evicted";
  private static final String FAILED_CREATE = "FailedCreate";

  private final Store store;
  private final Writer writer;
  private final Deleter deleter;
  private final EventRecorder events;
  private final SimulatorClock clock;
  private final Duration usual;
  /** Jobs whose end is already scheduled, by uid. */
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Set<String> expiring = ConcurrentHashMap.newKeySet();
  /** The name of each Job's pod, by the Job's uid. */
  private final Map<String, String> pods = new ConcurrentHashMap<>();

  public JobSimulator(Store store, Writer writer, Deleter deleter, EventRecorder events, SimulatorClock clock,
      Duration usual) {
    this.store = store;
    this.writer = writer;
    this.deleter = deleter;
    this.events = events;
    this.clock = clock;
    this.usual = usual;
  }

  /** Looks at a Job after a change and does what is due. */
  public void changed(ObjectNode seen) {
    store.get(Catalog.JOBS, Json.namespace(seen), Json.name(seen))
        .filter(job -> Json.uid(job).equals(Json.uid(seen)) && !job.path("metadata").has("deletionTimestamp"))
        .ifPresent(this::reconcile);
  }

  /** A Job whose pod was taken away gets a new one. */
  public void podRemoved(ObjectNode pod) {
    var owner = pod.at("/metadata/ownerReferences/0");
    pods.remove(Json.text(owner, "uid"), Json.name(pod));
    store.get(Catalog.JOBS, Json.namespace(pod), Json.text(owner, "name"))
        .filter(job -> Json.uid(job).equals(Json.text(owner, "uid")) && !finished(job) && !suspended(job)
            && !job.path("metadata").has("deletionTimestamp"))
        .ifPresent(this::start);
  }

  private void reconcile(ObjectNode job) {
    if (finished(job)) {
      expire(job);
    } else if (suspended(job)) {
      suspend(job);
    } else if (pod(job).isEmpty()) {
      start(job);
    } else if (!running.contains(Json.uid(job)) && !Steering.of(job, usual).isStuck()) {
      run(job);
    }
  }

  private void start(ObjectNode job) {
    if (Steering.of(job, usual).stuck().equals(FAILED_CREATE)) {
      refusePods(job);
    } else {
      startPod(job);
    }
  }

  private void refusePods(ObjectNode job) {
    if (!job.path("status").has("startTime")) {
      events.warning(CONTROLLER, job, FAILED_CREATE,
          ("Error creating: pods \"%s-x7k2p\" is forbidden: exceeded quota: pods, "
              + "requested: pods=1, used: pods=10, limited: pods=10").formatted(Json.name(job)));
      status(job, object -> Json.ensure(object, "status").put("startTime", Writer.now()).put("ready", 0));
    }
  }

  private void startPod(ObjectNode job) {
    var name = NewObjects.randomName(Json.name(job) + "-");
    var pod = writer.create(Catalog.PODS, Json.namespace(job), PodShapes.of(job, name),
        WriteOptions.controller("kube-controller-manager"));
    pods.put(Json.uid(job), name);
    events.normal(CONTROLLER, job, "SuccessfulCreate", "Created pod: " + name);
    var steering = Steering.of(job, usual);
    var resumed = Conditions.isTrue(job, "Suspended");
    var started = status(job, object -> {
      Json.ensure(object, "status").put("active", 1).put("ready", steering.isStuck() ? 0 : 1).put("terminating", 0)
          .put("startTime", Writer.now()).putObject("uncountedTerminatedPods");
      if (resumed) {
        Conditions.set(object, "Suspended", false, "JobResumed", "Job resumed");
      }
    });
    var limit = job.path("spec").path("activeDeadlineSeconds");
    if (limit.isInt()) {
      clock.after(Duration.ofSeconds(limit.asInt()), () -> current(started).ifPresent(
          late -> fail(late, DEADLINE, "DeadlineExceeded", "Job was active longer than specified deadline")));
    }
    if (steering.isStuck()) {
      pod(pod, object -> PodShapes.waiting(object, steering.stuck()));
      events.warning("kubelet", pod, PodShapes.eventReason(steering.stuck()), PodShapes.message(pod, steering.stuck()));
    } else {
      run(started);
    }
  }

  private void run(ObjectNode job) {
    running.add(Json.uid(job));
    pod(job).ifPresent(pod -> pod(pod, PodShapes::running));
    var podName = pod(job).map(Json::name).orElse("");
    clock.after(Steering.of(job, usual).duration(), () -> {
      running.remove(Json.uid(job));
      current(job).filter(found -> pod(found).filter(pod -> Json.name(pod).equals(podName)).isPresent())
          .ifPresent(this::end);
    });
  }

  private void end(ObjectNode job) {
    var steering = Steering.of(job, usual);
    if (steering.fails()) {
      fail(job, steering, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
      return;
    }
    pod(job).ifPresent(pod -> pod(pod, object -> PodShapes.succeeded(object, steering.result())));
    status(job, object -> {
      var why = "Reached expected number of succeeded pods";
      ended(object).put("succeeded", 1).put("completionTime", Writer.now());
      Conditions.set(object, "SuccessCriteriaMet", true, "CompletionsReached", why).put("lastProbeTime", Writer.now());
      Conditions.set(object, "Complete", true, "CompletionsReached", why).put("lastProbeTime", Writer.now());
    });
    events.normal(CONTROLLER, job, "Completed", "Job completed");
  }

  private void fail(ObjectNode job, Steering steering, String reason, String message) {
    pod(job).ifPresent(pod -> {
      pod(pod, object -> PodShapes.failed(object, steering.fail(), steering.failAs()));
      if (steering.failAs().equals(EVICTED)) {
        events.warning("kubelet", pod, EVICTED, "The node was low on resource: memory. ");
      } else if (restarts(job)) {
        events.warning("kubelet", pod, "BackOff", PodShapes.message(pod, "CrashLoopBackOff"));
      }
    });
    status(job, object -> {
      ended(object).put("failed", 1);
      Conditions.set(object, "FailureTarget", true, reason, message).put("lastProbeTime", Writer.now());
      Conditions.set(object, "Failed", true, reason, message).put("lastProbeTime", Writer.now());
    });
    events.warning(CONTROLLER, job, reason, message);
    if (restarts(job)) {
      // Its containers would be started again and again: the pod of such a Job is taken away.
      pod(job).ifPresent(pod -> deleter.delete(Catalog.PODS, pod, "Background"));
    }
  }

  private static boolean restarts(JsonNode job) {
    return job.at("/spec/template/spec/restartPolicy").asText().equals("OnFailure");
  }

  private static ObjectNode ended(ObjectNode job) {
    var status = Json.ensure(job, "status");
    status.remove("active");
    return status.put("ready", 0);
  }

  private void suspend(ObjectNode job) {
    if (!Conditions.isTrue(job, "Suspended")) {
      running.remove(Json.uid(job));
      status(job, object -> {
        Json.ensure(object, "status").remove(List.of("active", "startTime", "ready"));
        Conditions.set(object, "Suspended", true, "JobSuspended", "Job suspended");
      });
      pod(job).ifPresent(pod -> store.remove(Catalog.PODS, pod));
      events.normal(CONTROLLER, job, "Suspended", "Job suspended");
    }
  }

  private void expire(ObjectNode job) {
    var ttl = job.path("spec").path("ttlSecondsAfterFinished");
    if (ttl.isInt() && expiring.add(Json.uid(job))) {
      clock.after(Duration.ofSeconds(ttl.asInt()), () -> {
        expiring.remove(Json.uid(job));
        store.get(Catalog.JOBS, Json.namespace(job), Json.name(job))
            .filter(found -> Json.uid(found).equals(Json.uid(job)))
            .ifPresent(found -> deleter.delete(Catalog.JOBS, found, "Background"));
      });
    }
  }

  private Optional<ObjectNode> current(ObjectNode job) {
    return store.get(Catalog.JOBS, Json.namespace(job), Json.name(job))
        .filter(found -> Json.uid(found).equals(Json.uid(job)) && !finished(found) && !suspended(found));
  }

  private Optional<ObjectNode> pod(ObjectNode job) {
    return Optional.ofNullable(pods.get(Json.uid(job)))
        .flatMap(name -> store.get(Catalog.PODS, Json.namespace(job), name));
  }

  private ObjectNode status(ObjectNode job, Consumer<ObjectNode> change) {
    return writer.update(Catalog.JOBS, Json.namespace(job), Json.name(job), STATUS, object -> {
      change.accept(object);
      return object;
    });
  }

  private void pod(ObjectNode pod, UnaryOperator<ObjectNode> change) {
    writer.update(Catalog.PODS, Json.namespace(pod), Json.name(pod), KUBELET, change);
  }

  private static boolean finished(JsonNode job) {
    return Conditions.isTrue(job, "Complete") || Conditions.isTrue(job, "Failed");
  }

  private static boolean suspended(JsonNode job) {
    return job.path("spec").path("suspend").asBoolean();
  }
}
