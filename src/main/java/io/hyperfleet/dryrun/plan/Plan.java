package io.hyperfleet.dryrun.plan;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.JobTtl;
import io.hyperfleet.policy.ManifestRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The effect on a fleet when one revision of an adapter replaces another. Processes one resource after another and
 * keeps counts, groups of those affected alike, and a few ids of each, so that its size does not depend on the fleet's.
 */
public final class Plan {

  private static final int MOST_GROUPS = 100;
  private static final List<String> OTHERS = List.of("other differences, too many to list separately");

  private final AdapterDefinition before;
  private final AdapterDefinition after;
  private final ManifestRules rules;
  private final Instant now = Instant.now();
  private final Map<List<String>, Group> changes = new LinkedHashMap<>();
  private final Map<List<String>, Group> waits = new LinkedHashMap<>();
  private final Map<List<String>, Group> jobs = new LinkedHashMap<>();
  private final Map<List<String>, Group> failures = new LinkedHashMap<>();
  private long compared;
  private long deleting;
  private long unchanged;

  /**
   * An empty plan.
   *
   * @param before the current revision
   * @param after the revision that replaces it
   * @param rules rules for manifests
   */
  public Plan(AdapterDefinition before, AdapterDefinition after, ManifestRules rules) {
    this.before = before;
    this.after = after;
    this.rules = rules;
  }

  /**
   * Adds a resource.
   *
   * @param resource as the API answers it, with the reports about it
   * @param cluster the cluster that owns it; the resource itself for clusters
   */
  public void look(Map<String, Object> resource, Map<String, ?> cluster) {
    if (resource.get("deleted_time") != null) {
      deleting++;
      return;
    }
    compared++;
    var id = String.valueOf(resource.get("id"));
    var name = resource.get("name") + " (" + id + ")";
    var event = Map.of("id", id, "kind", after.kind(), "generation", resource.getOrDefault("generation", 1L));
    var old = Rendering.of(before, resource, cluster, event, now, rules);
    var next = Rendering.of(after, resource, cluster, event, now, rules);
    switch (next.state()) {
      case FAILS -> fails(old, next, id, name);
      case WAITING -> waits(old, next, id, name);
      case NOT_APPLICABLE -> {
        if (old.state() == Rendering.State.NOT_APPLICABLE) {
          unchanged++;
        } else {
          add(changes, List.of("no longer acts on it; its objects remain until the resource is deleted"), id, name);
        }
      }
      default -> acts(old, next, launched(resource), id, name);
    }
  }

  private void fails(Rendering old, Rendering next, String id, String name) {
    var same = next.words().stream().map(words -> words.replace(id, "<id>")).toList();
    group(failures, same, next.words(), name).add(id, old.state() == Rendering.State.FAILS);
  }

  private void waits(Rendering old, Rendering next, String id, String name) {
    var newly = next.words().stream().filter(words -> !old.words().contains(words)).toList();
    if (old.state() == Rendering.State.WAITING && newly.isEmpty()) {
      unchanged++;
    } else {
      add(waits, newly.isEmpty() ? next.words() : newly, id, name);
    }
  }

  private void acts(Rendering old, Rendering next, boolean launched, String id, String name) {
    var difference = ObjectDifference.of(old.objects(), next.objects());
    var why = switch (old.state()) {
      case FAILS -> "no longer fails";
      case WAITING -> "no longer waits for " + String.join(", ", old.words());
      case NOT_APPLICABLE -> "acts on it from now on";
      default -> "";
    };
    if (difference.isEmpty() && why.isEmpty()) {
      unchanged++;
      return;
    }
    var shape = new ArrayList<>(difference.shape());
    var example = new ArrayList<>(difference.example());
    if (!why.isEmpty()) {
      shape.add(0, why);
      example.add(0, why);
    }
    group(changes, shape, example, name).add(id, false);
    var run = difference.changed().stream().filter(manifest -> runs(manifest, old, next, launched)).toList();
    if (!run.isEmpty()) {
      add(jobs, run, id, name);
    }
  }

  /** Whether the Job of a changed manifest runs immediately. */
  private boolean runs(String manifest, Rendering old, Rendering next, boolean launched) {
    boolean job = next.objects().stream().filter(object -> object.name().equals(manifest))
        .anyMatch(object -> JobTtl.isJob(object.object()));
    boolean made = old.objects().stream().anyMatch(object -> object.name().equals(manifest));
    return job && (after.template().runsJob()
        ? !made && !launched
        : !made && !launched || made && after.workload().recreated().contains(manifest));
  }

  /** Whether the adapter has launched a Job for the resource's generation, as far as its report says. */
  private boolean launched(Map<String, Object> resource) {
    return resource.get("adapter_statuses") instanceof List<?> reports && reports.stream()
        .anyMatch(report -> report instanceof Map<?, ?> map && after.name().equals(map.get("adapter"))
            && map.get("launched") instanceof List<?> launches && launches.stream()
                .anyMatch(launch -> launch instanceof Map<?, ?> one && one.get("generation") instanceof Number number
                    && resource.get("generation") instanceof Number generation
                    && number.longValue() == generation.longValue()));
  }

  private static void add(Map<List<String>, Group> groups, List<String> shape, String id, String name) {
    group(groups, shape, shape, name).add(id, false);
  }

  private static Group group(Map<List<String>, Group> groups, List<String> shape, List<String> example, String name) {
    var key = groups.size() < MOST_GROUPS || groups.containsKey(shape) ? shape : OTHERS;
    return groups.computeIfAbsent(key, made -> new Group(made, example, name));
  }

  /** Number of compared resources. */
  public long compared() {
    return compared;
  }

  /** Number of all resources. */
  public long seen() {
    return compared + deleting;
  }

  /** Whether something would fail. */
  public boolean fails() {
    return !failures.isEmpty();
  }

  long deleting() {
    return deleting;
  }

  long unchanged() {
    return unchanged;
  }

  List<Group> changes() {
    return sorted(changes);
  }

  List<Group> waits() {
    return sorted(waits);
  }

  List<Group> jobs() {
    return sorted(jobs);
  }

  List<Group> failures() {
    return sorted(failures);
  }

  private static List<Group> sorted(Map<List<String>, Group> groups) {
    return groups.values().stream().sorted(Comparator.comparingLong(Group::count).reversed()).toList();
  }

  static long count(List<Group> groups) {
    return groups.stream().mapToLong(Group::count).sum();
  }

  /** Notes for operators. */
  List<String> notes() {
    var notes = new ArrayList<String>();
    if (after.template().runsJob() && !changes.isEmpty()) {
      notes.add(
          "Jobs that have already run are not affected: the change takes effect at the next generation of a "
              + "resource, or with a retry.");
    }
    if (before.template().runsJob() != after.template().runsJob() || !before.namespace().equals(after.namespace())) {
      notes.add("The template or the namespace changes: existing objects are not moved or deleted.");
    }
    var fixed = after.manifests().stream()
        .filter(manifest -> !after.template().runsJob() && "Job".equals(manifest.type().kind())
            && !after.workload().recreated().contains(manifest.name()))
        .map(manifest -> manifest.name()).collect(Collectors.joining(", "));
    if (!fixed.isEmpty() && !changes.isEmpty()) {
      notes.add("Kubernetes does not change the pods of a Job (" + fixed + "): set onChange: recreate to rerun it.");
    }
    if (after.workload().suspended()) {
      notes.add("The new revision is suspended and does nothing.");
    }
    return notes;
  }

  /** All of it as JSON. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("adapter", after.name());
    json.put("kind", after.kind());
    json.put("from", before.digest());
    json.put("to", after.digest());
    json.put("result", fails() ? "fails" : before.digest().equals(after.digest()) ? "same" : "planned");
    json.put("compared", compared);
    json.put("being_deleted", deleting);
    json.put("unchanged", unchanged);
    put(json, "changed", changes());
    put(json, "newly_waiting", waits());
    put(json, "jobs_run", jobs());
    put(json, "failing", failures());
    json.put("notes", notes());
    return json;
  }

  private static void put(Map<String, Object> json, String key, List<Group> groups) {
    json.put(key, Map.of("count", count(groups), "groups", groups.stream().map(Group::json).toList()));
  }
}
