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
 * The Jobs among the resources of one event: what is known of them, and what is to be reported. One that was launched
 * for this generation and is gone is not applied again, unless it is of another manifest and is to be recreated then.
 */
final class ResourceLaunches {

  /** More than this many Jobs of an adapter the API does not keep. */
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

  /** What is to be reported of them. */
  List<Map<String, Object>> reported() {
    return reported.values().stream().limit(MOST).map(Launch::reported).toList();
  }

  /** Those that were launched and are gone before anybody saw their ends. */
  List<String> gone() {
    return gone;
  }

  /** Keeps an object whose manifest bears the platform's labels already, and what there is of it, or null. */
  void lookedAt(WantedObject wanted, GenericKubernetesResource existing) {
    lookedAt.put(wanted.name(), wanted);
    found.put(wanted.name(), Optional.ofNullable(existing));
  }

  /** What was there of an object a moment ago, absent when nobody has looked. */
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

  /** Whether the object must not be made: it is a Job that has been launched. */
  boolean wasLaunched(GenericKubernetesResource wanted, String digest, boolean recreate) {
    return isJob(wanted) && known(wanted).filter(Launch::wasCreated)
        .filter(launch -> !recreate || launch.digest() == null || launch.digest().equals(digest)).isPresent();
  }

  /** Whether somebody asks for another attempt of Jobs that have failed or are gone. */
  boolean isRetryWanted() {
    return retry > 1;
  }

  /**
   * Whether a Job is to be made once more, since it has failed or is gone and somebody asks for that; then it counts as
   * the attempt that is asked for.
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

  /** Reports that a Job makes room for the attempt that somebody asks for; false when that was said before. */
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

  /** Which attempt a Job is that is about to be made: one that is asked for, or that was announced and not made. */
  int next(GenericKubernetesResource wanted) {
    return retried.contains(name(wanted))
        ? retry
        : known(wanted).filter(launch -> !launch.wasCreated()).map(Launch::attempt).orElse(1);
  }

  /** Whether the API knows already that a Job of this manifest is to come. */
  boolean isAnnounced(GenericKubernetesResource wanted, String digest) {
    return known(wanted).filter(launch -> digest.equals(launch.digest())).isPresent();
  }

  /** Announces that a Job of another manifest takes the place of the one that is there. */
  void announce(GenericKubernetesResource wanted, String digest) {
    var launch = new Launch(name(wanted), generation, attempt(wanted, digest, true), digest, null);
    known.put(launch.object(), launch);
    report(launch);
  }

  /** Reports a Job as it is now. */
  void note(GenericKubernetesResource wanted, String digest, boolean recreate, Map<String, Object> job) {
    if (!isJob(wanted)) {
      return;
    }
    var made = ManifestChange.annotation(job, OwnerLabels.MANIFEST_DIGEST);
    if (retried.contains(name(wanted)) && attempt(job) < retry) {
      // It makes room for the attempt that is asked for.
      notCreated(wanted);
    } else if (recreate && !made.isEmpty() && !made.equals(digest)) {
      // It makes room; the one that was announced is still to come.
      known(wanted).filter(launch -> digest.equals(launch.digest())).ifPresent(launch -> notCreated(wanted));
    } else {
      report(new Launch(name(wanted), generation, attempt(wanted, digest, recreate), digest, Launch.result(job)));
    }
  }

  /** Kubernetes has not taken a Job that was announced. */
  void notCreated(GenericKubernetesResource wanted) {
    known(wanted).ifPresent(
        launch -> report(new Launch(launch.object(), generation, launch.attempt(), Launch.NOT_CREATED, null)));
  }

  /**
   * A Job that was launched and is gone, as far as it is known: with the condition that says how it ended; absent when
   * nobody saw that.
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
        "it is gone, and is not run again at this generation"))));
    return Optional.of(left);
  }

  private Optional<Launch> known(HasMetadata wanted) {
    return Optional
        .ofNullable(known.computeIfAbsent(name(wanted), name -> Launch.known(own, name, generation).orElse(null)));
  }

  /** One more for each other manifest that it is made of. */
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
