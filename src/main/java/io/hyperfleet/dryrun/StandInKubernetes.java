package io.hyperfleet.dryrun;

import io.hyperfleet.dryrun.StandInServer.Answer;
import io.hyperfleet.dryrun.input.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Kubernetes API of a scenario, as far as adapters use it: objects of any kind, without controllers. */
final class StandInKubernetes {

  /** A changing request, with its body and response. */
  record Change(String verb, String kind, String namespace, String name, int status, String message,
      Map<String, Object> object) {}

  private static final Pattern PATH = Pattern.compile(
      "/(?:api|apis/(?<group>[^/]+))/(?<version>[^/]+)(?:/namespaces/(?<namespace>[^/]+))?/(?<plural>[^/]+)(?:/(?<name>[^/]+))?");
  private static final Pattern DISCOVERY = Pattern.compile("/(?:api|apis/[^/]+)/[^/]+/?");

  private final ObjectStore store;
  private final List<Fault> faults;
  private final List<Change> changes = Collections.synchronizedList(new ArrayList<>());

  StandInKubernetes(ObjectStore store, List<Fault> faults) {
    this.store = store;
    this.faults = faults;
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  synchronized Answer answer(String method, String path, String query, Map<String, Object> body) {
    Matcher match = PATH.matcher(path);
    if (!match.matches()) {
      return DISCOVERY.matcher(path).matches() ? new Answer(200, store.kinds(path)) : refusal(404, "NotFound", path);
    }
    var version = match.group("group") == null
        ? match.group("version")
        : match.group("group") + "/" + match.group("version");
    var place = new ObjectStore.Place(version, match.group("plural"), match.group("namespace"), match.group("name"));
    var verb = verb(method, place);
    Optional<Fault> fault = faults.stream().filter(one -> one.hits(Fault.KUBERNETES, verb, place.plural())).findFirst();
    if (fault.isPresent()) {
      var message = fault.get().message() == null ? words(fault.get().status(), verb, place) : fault.get().message();
      return note(verb, place, body, fault.get().status() == 0
          ? new Answer(0, null)
          : refusal(fault.get().status(), "Forbidden", message));
    }
    return switch (verb) {
      case "get" -> store.get(place).map(object -> new Answer(200, object)).orElseGet(() -> missing(place));
      case "list" -> new Answer(200, store.list(place, query));
      case "delete" -> note(verb, place, Map.of(), delete(place, query));
      default -> note(verb, place, body, write(verb, place, body));
    };
  }

  /** The default message of a fault: for a missing permission, that of Kubernetes. */
  private static String words(int status, String verb, ObjectStore.Place place) {
    int slash = place.apiVersion().indexOf('/');
    var group = slash < 0 ? "" : place.apiVersion().substring(0, slash);
    return status == 403
        ? "%s%s is forbidden: User \"dry-run\" cannot %s resource \"%s\" in API group \"%s\" in the namespace \"%s\""
            .formatted(
                place.plural(), group.isEmpty() ? "" : "." + group, verb, place.plural(), group, place.namespace())
        : "the faults of this case forbid to " + verb + " " + place.plural();
  }

  private static String verb(String method, ObjectStore.Place place) {
    return switch (method) {
      case "GET" -> place.name() == null ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      default -> "delete";
    };
  }

  private Answer write(String verb, ObjectStore.Place place, Map<String, Object> body) {
    var name = body.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : null;
    var at = place.name() == null ? place.named(String.valueOf(name)) : place;
    Optional<Map<String, Object>> existing = store.get(at);
    if (verb.equals("create") && existing.isPresent()) {
      return refusal(409, "AlreadyExists", at.plural() + " \"" + at.name() + "\" already exists");
    }
    if (!verb.equals("create") && store.conflicts(at, body)) {
      return refusal(409, "Conflict", "the object has been modified");
    }
    var merged = store.merged(at, body);
    Optional<String> invalid = ManifestChecks.refusal(merged, existing);
    return invalid
        .map(message -> refusal(422, "Invalid", merged.get("kind") + " \"" + at.name() + "\" is invalid: " + message))
        .orElseGet(() -> new Answer(existing.isEmpty() ? 201 : 200, store.put(at, merged)));
  }

  private Answer delete(ObjectStore.Place place, String query) {
    int found = store.delete(place, query);
    return found == 0 && place.name() != null
        ? missing(place)
        : new Answer(200, Map.of("kind", "Status", "apiVersion", "v1", "status", "Success"));
  }

  private Answer note(String verb, ObjectStore.Place place, Map<String, Object> body, Answer answer) {
    if (verb.equals("get") || verb.equals("list")) {
      return answer;
    }
    var metadata = body.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    var name = place.name() != null ? place.name() : (String) metadata.get("name");
    var refused = answer.status() < 200 || answer.status() > 299;
    var message = !refused ? null : answer.body() == null ? "no answer" : (String) answer.body().get("message");
    changes
        .add(new Change(verb, body.get("kind") instanceof String kind ? kind : place.plural(), place.namespace(), name,
            answer.status(), message, body));
    return answer;
  }

  private static Answer missing(ObjectStore.Place place) {
    return refusal(404, "NotFound", place.plural() + " \"" + place.name() + "\" not found");
  }

  private static Answer refusal(int code, String reason, String message) {
    var status = new LinkedHashMap<String, Object>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("status", "Failure");
    status.put("message", message);
    status.put("reason", reason);
    status.put("code", code);
    return new Answer(code, status);
  }
}
