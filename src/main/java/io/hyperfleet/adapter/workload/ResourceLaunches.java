package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.OwnReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Jobs among the objects of one event: known launches, and launches to report. A Job that was launched for this
 * generation and is gone is not created again, unless its manifest changed and it is to be recreated.
 */
final class ResourceLaunches {

  /** Maximum number of Jobs of an adapter that the API keeps. */
  private static final int MOST = 50;

  private final OwnReport own;
  private final long generation;
  private final Map<String, Launch> known = new HashMap<>();
  private final Map<String, Launch> reported = new LinkedHashMap<>();
  private final Map<String, WantedObject> lookedAt = new HashMap<>();
  private final Map<String, Optional<GenericKubernetesResource>> found = new HashMap<>();
  private final List<String> gone = new ArrayList<>();
  private final Set<String> retried = new HashSet<>();
  private final int retry;

  ResourceLaunches(Fetched fetched) {
    this.own = fetched.own();
    this.generation = fetched.owner().generation();
    this.retry = own.wantedAttempt(generation);
  }

  /** The launches to report. */
  List<Map<String, Object>> reported() {
    return reported.values().stream().limit(MOST).map(Launch::reported).toList();
  }

  /** Launched Jobs that disappeared before their outcome was seen. */
  List<String> gone() {
    return gone;
  }

  /** Stores a manifest that already has the platform's labels, and the existing object, or null. */
  void lookedAt(WantedObject wanted, GenericKubernetesResource existing) {
    lookedAt.put(wanted.name(), wanted);
    found.put(wanted.name(), Optional.ofNullable(existing));
  }

  /** The object as last read; absent if it has not been read. */
  Optional<GenericKubernetesResource> found(String manifest) {
    return found.getOrDefault(manifest, Optional.empty());
  }

  /** Such an object, once. */
  Optional<WantedObject> lookedAt(String manifest) {
    return Optional.ofNullable(lookedAt.remove(manifest));
  }

  static boolean isJob(HasMetadata object) {
    return "Job".equals(object.getKind()) && "batch/v1".equals(object.getApiVersion());
  }

  /** Whether the object must not be created, since it is a Job that was launched. */
  boolean wasLaunched(GenericKubernetesResource wanted, String digest, boolean recreate) {
    return isJob(wanted) && known(wanted).filter(Launch::wasCreated)
        .filter(launch -> !recreate || launch.digest() == null || launch.digest().equals(digest)).isPresent();
  }

  /** Whether a retry of failed or lost Jobs was requested. */
  boolean isRetryWanted() {
    return retry > 1;
  }

  /**
   * Whether a failed or lost Job is to be rerun because of a requested retry; it then counts as the requested attempt.
   *
   * @param existing the Job as it is, or null
   */
  boolean retries(GenericKubernetesResource wanted, String digest, Map<String, Object> existing) {
    if (!isRetryWanted() || !isJob(wanted)) {
      return false;
    }
    if (retried.contains(name(wanted))) {
      return existing == null || attempt(existing) < retry && Launch.FAILED.equals(Launch.result(existing));
    }
    var launch = known(wanted);
    boolean ended = existing == null
        ? launch.filter(Launch::wasCreated).filter(known -> !Launch.SUCCEEDED.equals(known.result())).isPresent()
        : Launch.FAILED.equals(Launch.result(existing));
    int made = existing == null ? launch.map(Launch::attempt).orElse(retry) : attempt(existing);
    if (!ended || made >= retry) {
      return false;
    }
    boolean announced = launch.filter(known -> known.attempt() >= retry).isPresent();
    retried.add(name(wanted));
    if (!announced) {
      known.put(name(wanted), new Launch(name(wanted), generation, retry, digest, null));
    }
    return true;
  }

  /** Announces that a Job is replaced by the requested attempt; false if already announced. */
  boolean announceRetry(GenericKubernetesResource wanted, String digest, Map<String, Object> existing) {
    boolean announced = known(wanted).filter(launch -> launch.attempt() >= retry).isPresent();
    if (announced || !retries(wanted, digest, existing)) {
      return false;
    }
    report(known.get(name(wanted)));
    return true;
  }

  /** The number of the attempt that a Job is. */
  static int attempt(Map<String, Object> job) {
    var text = ManifestChange.annotation(job, OwnerLabels.ATTEMPT);
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 1;
  }

  /** The attempt of a Job about to be created: the requested one, or one that was announced but not created. */
  int next(GenericKubernetesResource wanted) {
    return retried.contains(name(wanted))
        ? retry
        : known(wanted).filter(launch -> !launch.wasCreated()).map(Launch::attempt).orElse(1);
  }

  /** Whether a Job of this manifest was already announced. */
  boolean isAnnounced(GenericKubernetesResource wanted, String digest) {
    return known(wanted).filter(launch -> digest.equals(launch.digest())).isPresent();
  }

  /** Announces that a Job of another manifest replaces the existing one. */
  void announce(GenericKubernetesResource wanted, String digest) {
    var launch = new Launch(name(wanted), generation, attempt(wanted, digest, true), digest, null);
    known.put(launch.object(), launch);
    report(launch);
  }

  /** Reports the current state of a Job. */
  void note(GenericKubernetesResource wanted, String digest, boolean recreate, Map<String, Object> job) {
    if (!isJob(wanted)) {
      return;
    }
    var made = ManifestChange.annotation(job, OwnerLabels.MANIFEST_DIGEST);
    if (retried.contains(name(wanted)) && attempt(job) < retry) {
      // It is being replaced by the requested attempt.
      notCreated(wanted);
    } else if (recreate && !made.isEmpty() && !made.equals(digest)) {
      // It is being replaced; the announced one is not created yet.
      known(wanted).filter(launch -> digest.equals(launch.digest())).ifPresent(launch -> notCreated(wanted));
    } else {
      report(new Launch(name(wanted), generation, attempt(wanted, digest, recreate), digest, Launch.result(job)));
    }
  }

  /** Kubernetes rejected an announced Job. */
  void notCreated(GenericKubernetesResource wanted) {
    known(wanted).ifPresent(
        launch -> report(new Launch(launch.object(), generation, launch.attempt(), Launch.NOT_CREATED, null)));
  }

  /**
   * A Job that was launched and is gone, with the condition of its outcome; absent if the outcome was not seen.
   */
  Optional<Map<String, Object>> left(GenericKubernetesResource wanted, Map<String, Object> manifest) {
    var result = known(wanted).map(Launch::result);
    if (result.isEmpty()) {
      gone.add(name(wanted));
      return Optional.empty();
    }
    var left = new LinkedHashMap<>(manifest);
    var name = wanted.getMetadata();
    left.put("metadata", Map.of("name", name.getName(), "namespace", name.getNamespace()));
    boolean succeeded = result.get().equals(Launch.SUCCEEDED);
    left.put("status", Map.of("conditions", List.of(Map.of("type", succeeded ? "Complete" : "Failed", "status", "True",
        "reason", succeeded ? "Succeeded" : "JobFailed", "message",
        "it no longer exists and is not rerun for this generation"))));
    return Optional.of(left);
  }

  private Optional<Launch> known(HasMetadata wanted) {
    return Optional
        .ofNullable(known.computeIfAbsent(name(wanted), name -> Launch.known(own, name, generation).orElse(null)));
  }

  /** One more for each change of its manifest. */
  private int attempt(HasMetadata wanted, String digest, boolean recreate) {
    return known(wanted).map(launch -> recreate && launch.wasCreated() && launch.digest() != null
        && !launch.digest().equals(digest) ? launch.attempt() + 1 : launch.attempt()).orElse(1);
  }

  private void report(Launch launch) {
    reported.put(launch.object(), launch);
  }

  private static String name(HasMetadata object) {
    return Launch.nameOf(object.getMetadata().getName());
  }
}
