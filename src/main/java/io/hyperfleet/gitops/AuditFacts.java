package io.hyperfleet.gitops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who made which change, as Kubernetes' audit log says: of a change by the object's uid and resourceVersion, of a deletion by
 * the uid, else by its path. Holds the newest facts, as many as fit.
 */
public class AuditFacts {

  private static final int MOST = 10_000;
  private static final Set<String> CHANGES = Set.of("create", "update", "patch");
  private static final int OK = 200;
  private static final int REDIRECT = 300;

  private final Map<String, Actor> facts = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Actor> eldest) {
      return size() > MOST;
    }
  };

  /**
   * Takes what Kubernetes posts: an audit.k8s.io/v1 EventList. Requests that were refused or are not over say nothing about
   * what is stored.
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
    var actor = Actor.user(text(impersonated == null ? Sanitizer.map(event.get("user")).get("username") : impersonated));
    var metadata = Sanitizer.map(Sanitizer.map(event.get("responseObject")).get("metadata"));
    if (CHANGES.contains(text(event.get("verb"))) && metadata.containsKey("uid")) {
      facts.put(change(text(metadata.get("uid")), text(metadata.get("resourceVersion"))), actor);
    } else if ("delete".equals(event.get("verb"))) {
      var uid = metadata.containsKey("uid") ? metadata.get("uid")
          : reference.containsKey("uid") ? reference.get("uid")
          : Sanitizer.map(Sanitizer.map(event.get("responseObject")).get("details")).get("uid");
      facts.put(uid == null ? path(reference) : deletion(text(uid)), actor);
    }
  }

  private static boolean succeeded(Map<String, Object> event) {
    return Sanitizer.map(event.get("responseStatus")).get("code") instanceof Number code
        && code.intValue() >= OK && code.intValue() < REDIRECT;
  }

  /** Who made an object what it is. */
  synchronized Optional<Actor> ofChange(String uid, String resourceVersion) {
    return Optional.ofNullable(facts.get(change(uid, resourceVersion)));
  }

  /** Who deleted an object; a deletion that only a path is known of is told once. */
  synchronized Optional<Actor> ofDeletion(String uid, ResourceIdentifier id) {
    var actor = facts.get(deletion(uid));
    return Optional.ofNullable(actor == null ? facts.remove("deleted " + id.key()) : actor);
  }

  private static String change(String uid, String resourceVersion) {
    return uid + " " + resourceVersion;
  }

  private static String deletion(String uid) {
    return "deleted " + uid;
  }

  private static String path(Map<String, Object> reference) {
    return "deleted " + new ResourceIdentifier(text(reference.get("apiGroup")), text(reference.get("apiVersion")),
        text(reference.get("resource")), text(reference.get("namespace")), text(reference.get("name"))).key();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
