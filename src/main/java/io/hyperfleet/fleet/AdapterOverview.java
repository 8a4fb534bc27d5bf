package io.hyperfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.announcement.AnnouncedAdapter;
import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.announcement.BrokenPart;
import io.hyperfleet.announcement.SuspendedAdapters;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.revision.Revisions;
import io.hyperfleet.revision.WantedRevision;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.rollout.RolloutActions;
import io.hyperfleet.rollout.RolloutView;
import io.hyperfleet.tenancy.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Service;

/** The adapters that a kind requires, that a process announces, or that have reported. */
@Service
@ConditionalOnRole(Role.API)
public class AdapterOverview {

  private static final String BASE = "/api/hyperfleet/v1/adapters/";

  private final Kinds kinds;
  private final Announcements announcements;
  private final SuspendedAdapters suspended;
  private final FleetSnapshots snapshots;
  private final Revisions revisions;
  private final RolloutActions rollouts;

  AdapterOverview(Kinds kinds, Announcements announcements, SuspendedAdapters suspended, FleetSnapshots snapshots,
      Revisions revisions, RolloutActions rollouts) {
    this.rollouts = rollouts;
    this.revisions = revisions;
    this.kinds = kinds;
    this.announcements = announcements;
    this.suspended = suspended;
    this.snapshots = snapshots;
  }

  /** All of them, by name; the resources are those that exist for a tenant. */
  public List<AdapterView> all(Tenant tenant) {
    var announced = new TreeMap<String, List<AnnouncedAdapter>>();
    announcements.all().forEach(one -> announced.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one));
    var reports = announcements.lastReports();
    var names = new TreeSet<>(announced.keySet());
    names.addAll(reports.keySet());
    kinds.all().forEach(kind -> names.addAll(kind.requiredAdapters()));
    var wanted = revisions.wanted();
    var rolling = rollouts.views(tenant);
    var snapshot = snapshots.read(tenant);
    return names.stream()
        .map(name -> view(name, announced.getOrDefault(name, List.of()), wanted.get(name),
            rolling.get(name), reports.get(name), snapshot))
        .toList();
  }

  private AdapterView view(String name, List<AnnouncedAdapter> announced, WantedRevision wanted,
      RolloutView rollout, Instant reported,
      Optional<FleetSnapshots.Snapshot> snapshot) {
    var living = announced.stream().filter(AnnouncedAdapter::living).toList();
    var latest = living.isEmpty() ? announced : living;
    var requiredBy = kinds.all().stream().filter(kind -> kind.requiredAdapters().contains(name)).map(Kind::name)
        .toList();
    var actsOn = new TreeSet<>(requiredBy);
    latest.stream().map(AnnouncedAdapter::kind).filter(kind -> kind != null).forEach(actsOn::add);
    var digests = living.stream().map(one -> String.valueOf(one.digest())).distinct().toList();
    var resources = snapshot.map(counted -> resources(name, counted)).filter(counts -> !counts.isEmpty()).orElse(null);
    return new AdapterView(name, BASE + name, List.copyOf(actsOn), requiredBy,
        latest.isEmpty() ? null : latest.get(0).template(),
        digests.size() == 1 && living.get(0).digest() != null ? digests.get(0) : null,
        wanted == null ? null : wanted.digest(), wanted == null ? null : wanted.previous(),
        rollout, suspended.names().contains(name), broken(living).get(name), living.size(),
        announced.isEmpty() ? null : announced.get(0).announcedTime(), reported, resources,
        resources == null ? null : snapshot.get().countedTime());
  }

  private static Map<String, Long> resources(String name, FleetSnapshots.Snapshot snapshot) {
    var resources = new LinkedHashMap<String, Long>();
    for (JsonNode item : snapshot.json().path("adapters")) {
      if (item.path("name").asText().equals(name)) {
        item.path("states").properties()
            .forEach(state -> resources.merge(state.getKey(), state.getValue().asLong(), Long::sum));
      }
    }
    return resources;
  }

  /** What processes say is wrong, by adapter; the same of several once, with their number. */
  static Map<String, List<BrokenPart>> broken(List<AnnouncedAdapter> announced) {
    var counted = new TreeMap<String, Map<BrokenPart, Integer>>();
    announced.forEach(one -> one.broken().forEach(part -> counted
        .computeIfAbsent(one.name(), name -> new LinkedHashMap<>()).merge(part, 1, Integer::sum)));
    var broken = new TreeMap<String, List<BrokenPart>>();
    counted.forEach((name, parts) -> broken.put(name, parts.entrySet().stream()
        .map(part -> new BrokenPart(part.getKey().file(), part.getKey().line(), part.getKey().message(),
            part.getValue()))
        .toList()));
    return broken;
  }
}
