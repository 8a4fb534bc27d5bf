package io.hyperfleet.gitops;

import io.hyperfleet.git.BranchFile;
import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.GitException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Tells the files that are a destination's own from all others: those at the path where it would write the object that the
 * file holds, of a kind, namespace and labels that its rules speak of. No other file is ever touched.
 */
final class RepoFiles {

  private final BiFunction<String, ResourceType, Optional<String>> kinds;
  private final Predicate<ResourceIdentifier> ignored;
  private final Trailers trailers;
  /** What files hold, by the ids of their contents; what is gone from the branch is forgotten. */
  private Map<ObjectId, Optional<Held>> known = new HashMap<>();

  /**
   * Knows no file yet.
   *
   * @param kinds the kind of a type, given the name of the destination; empty while it is not known
   * @param ignored objects whose files are nobody's
   * @param trailers what commits say of an object of which only the file is left
   */
  RepoFiles(BiFunction<String, ResourceType, Optional<String>> kinds, Predicate<ResourceIdentifier> ignored,
      Trailers trailers) {
    this.kinds = kinds;
    this.ignored = ignored;
    this.trailers = trailers;
  }

  private record Held(String apiVersion, String kind, String namespace, String name, Map<String, String> labels) {}

  /**
   * What is in a base folder.
   *
   * @param managed objects of the files that are the destination's own, and what commits say of them in trailers
   * @param unmanaged paths of YAML files where it writes, which are not what they should be
   */
  record Contents(Map<ResourceIdentifier, Map<String, String>> managed, List<String> unmanaged) {}

  Contents of(Destination destination, List<BranchFile> files, BranchStore store) throws GitException {
    var managed = new LinkedHashMap<ResourceIdentifier, Map<String, String>>();
    var unmanaged = new ArrayList<String>();
    var seen = new HashMap<ObjectId, Optional<Held>>();
    for (BranchFile file : files) {
      var below = destination.baseFolder().isEmpty() ? file.path() : file.path().substring(destination.baseFolder().length() + 1);
      var location = ResourcePaths.parse(below);
      if (location.isEmpty()) {
        if (below.endsWith(".yaml") || below.endsWith(".yml")) {
          unmanaged.add(file.path());
        }
      } else if (isClaimed(destination, location.get())) {
        var held = known.containsKey(file.blob()) ? known.get(file.blob()) : store.read(file, ManifestYaml.LARGEST).flatMap(RepoFiles::read);
        seen.put(file.blob(), held);
        var id = held.flatMap(content -> identify(destination, location.get(), content, file.path()));
        id.ifPresentOrElse(found -> {
          if (destination.rules().stream().anyMatch(rule -> rule.covers(found.type(), found.namespace())
              && rule.selects(held.get().labels()))) {
            managed.put(found, trailers.of(held.get().labels()));
          }
        }, () -> unmanaged.add(file.path()));
      }
    }
    known = seen;
    return new Contents(managed, unmanaged);
  }

  private static boolean isClaimed(Destination destination, ResourcePaths.Location location) {
    return destination.rules().stream().anyMatch(rule -> rule.covers(location.type(), location.namespace()));
  }

  private Optional<ResourceIdentifier> identify(Destination destination, ResourcePaths.Location location, Held held,
      String path) {
    var type = location.type();
    var id = new ResourceIdentifier(type.group(), type.version(), type.resource(), held.namespace(), held.name());
    return Optional.of(id).filter(ignored.negate()).filter(found -> held.apiVersion().equals(type.apiVersion())
        && kinds.apply(destination.name(), type).map(held.kind()::equals).orElse(false)
        && ResourcePaths.path(destination.baseFolder(), found).equals(path));
  }

  private static Optional<Held> read(byte[] file) {
    try {
      var object = ManifestYaml.read(file);
      var metadata = Sanitizer.map(object.get("metadata"));
      return Optional.of(new Held(text(object.get("apiVersion")), text(object.get("kind")), text(metadata.get("namespace")),
          text(metadata.get("name")), Manifests.labels(object)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
