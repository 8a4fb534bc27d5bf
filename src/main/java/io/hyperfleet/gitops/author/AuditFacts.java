package io.hyperfleet.gitops.author;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.manifest.Sanitizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Authors of changes from Kubernetes' audit log: by the object's uid and resourceVersion, for deletions by uid or path.
 * Keeps a limited number of the newest entries.
 */
public class AuditFacts {

  private static final int MOST = 10_000;
  /** After that, a path may belong to another object. */
  private static final Duration PATHS_ARE_TRUE = Duration.ofMinutes(1);
  private static final Set<String> CHANGES = Set.of("create", "update", "patch");
  private static final int OK = 200;
  private static final int REDIRECT = 300;

  private record Fact(Actor actor, Instant received) {}

  private final Clock clock;
  private final Map<String, Fact> facts = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Fact> eldest) {
      return size() > MOST;
    }
  };

  public AuditFacts(Clock clock) {
    this.clock = clock;
  }

  /**
   * Accepts an audit.k8s.io/v1 EventList from Kubernetes. Requests that were rejected or are in progress say nothing
   * about the stored objects.
   */
  public void received(List<Map<String, Object>> items) {
    items.forEach(this::received);
  }

  private synchronized void received(Map<String, Object> event) {
    var reference = Sanitizer.map(event.get("objectRef"));
    if (!"ResponseComplete".equals(event.get("stage")) || !succeeded(event) || reference.containsKey("subresource")) {
      return;
    }
    var impersonated = Sanitizer.map(event.get("impersonatedUser")).get("username");
    var user = impersonated == null ? Sanitizer.map(event.get("user")).get("username") : impersonated;
    var fact = new Fact(Actor.user(text(user)), clock.instant());
    var metadata = Sanitizer.map(Sanitizer.map(event.get("responseObject")).get("metadata"));
    if (CHANGES.contains(text(event.get("verb"))) && metadata.containsKey("uid")) {
      facts.put(change(text(metadata.get("uid")), text(metadata.get("resourceVersion"))), fact);
    } else if ("delete".equals(event.get("verb"))) {
      var uid = metadata.containsKey("uid")
          ? metadata.get("uid")
          : reference.containsKey("uid")
              ? reference.get("uid")
              : Sanitizer.map(Sanitizer.map(event.get("responseObject")).get("details")).get("uid");
      facts.put(uid == null ? path(reference) : deletion(text(uid)), fact);
    }
  }

  private static boolean succeeded(Map<String, Object> event) {
    return Sanitizer.map(event.get("responseStatus")).get("code") instanceof Number code
        && code.intValue() >= OK && code.intValue() < REDIRECT;
  }

  /** The author of this version of an object. */
  public synchronized Optional<Actor> ofChange(String uid, String resourceVersion) {
    return Optional.ofNullable(facts.get(change(uid, resourceVersion))).map(Fact::actor);
  }

  /** Who deleted an object; a deletion known only by its path is returned once, and only for a short time. */
  synchronized Optional<Actor> ofDeletion(String uid, ResourceIdentifier id) {
    return Optional.ofNullable(facts.get(deletion(uid)))
        .or(() -> Optional.ofNullable(facts.remove(deletion(id.key())))
            .filter(fact -> !clock.instant().isAfter(fact.received().plus(PATHS_ARE_TRUE))))
        .map(Fact::actor);
  }

  private static String change(String uid, String resourceVersion) {
    return uid + " " + resourceVersion;
  }

  private static String deletion(String uid) {
    return "deleted " + uid;
  }

  private static String path(Map<String, Object> reference) {
    return deletion(new ResourceIdentifier(text(reference.get("apiGroup")), text(reference.get("apiVersion")),
        text(reference.get("resource")), text(reference.get("namespace")), text(reference.get("name"))).key());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
