package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.git.BranchFile;
import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.FileGuard;
import io.hyperfleet.git.GitException;
import io.hyperfleet.git.Refusal;
import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.ResourcePaths;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.manifest.HeldManifest;
import io.hyperfleet.gitops.manifest.Trailers;
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
 * Identifies the files that a destination manages: those at the path at which it would write the contained object, with
 * a kind, namespace and labels that its rules select. Other files are never changed.
 */
public final class RepoFiles {

  private final BiFunction<String, ResourceType, Optional<String>> kinds;
  private final Predicate<ResourceIdentifier> ignored;
  private final Trailers trailers;
  /** Contents of files by blob id; those no longer in the branch are forgotten. */
  private Map<ObjectId, HeldManifest> known = new HashMap<>();

  /**
   * Starts without files.
   *
   * @param kinds the kind of a type, given the name of the destination; empty while it is not known
   * @param ignored objects with unmanaged files
   * @param trailers trailers of commits for objects that only exist as a file
   */
  RepoFiles(BiFunction<String, ResourceType, Optional<String>> kinds, Predicate<ResourceIdentifier> ignored,
      Trailers trailers) {
    this.kinds = kinds;
    this.ignored = ignored;
    this.trailers = trailers;
  }

  /**
   * The files of a base folder.
   *
   * @param managed objects of the destination's own files, with their trailers
   * @param unmanaged YAML files where it writes that it does not manage, and why
   */
  public record Contents(Map<ResourceIdentifier, Map<String, String>> managed, List<Refusal> unmanaged) {}

  Contents of(Destination destination, List<BranchFile> files, BranchStore store) throws GitException {
    var managed = new LinkedHashMap<ResourceIdentifier, Map<String, String>>();
    var unmanaged = new ArrayList<Refusal>();
    var seen = new HashMap<ObjectId, HeldManifest>();
    for (BranchFile file : files) {
      var below = destination.baseFolder().isEmpty()
          ? file.path()
          : file.path().substring(destination.baseFolder().length() + 1);
      var location = ResourcePaths.parse(below);
      if (location.isEmpty()) {
        if (below.endsWith(".yaml") || below.endsWith(".yml")) {
          unmanaged.add(new Refusal(file.path(), "is not at the path of any object"));
        }
      } else if (isClaimed(destination, location.get())) {
        var held = known.containsKey(file.blob())
            ? known.get(file.blob())
            : HeldManifest.read(store.read(file, FileGuard.LARGEST).orElse(null));
        seen.put(file.blob(), held);
        var id = identify(location.get(), held);
        var objection = objection(destination, id, held, file.path());
        if (objection.isPresent()) {
          unmanaged.add(new Refusal(file.path(), objection.get()));
        } else if (destination.rules().stream().anyMatch(rule -> rule.covers(id.type(), id.namespace())
            && rule.selects(held.labels()))) {
          managed.put(id, trailers.of(held.labels()));
        }
      }
    }
    known = seen;
    return new Contents(managed, unmanaged);
  }

  private static boolean isClaimed(Destination destination, ResourcePaths.Location location) {
    return destination.rules().stream().anyMatch(rule -> rule.covers(location.type(), location.namespace()));
  }

  private static ResourceIdentifier identify(ResourcePaths.Location location, HeldManifest held) {
    var type = location.type();
    return new ResourceIdentifier(type.group(), type.version(), type.resource(), held.namespace(), held.name());
  }

  private Optional<String> objection(Destination destination, ResourceIdentifier id, HeldManifest held, String path) {
    var kind = kinds.apply(destination.name(), id.type());
    return held.objectionAs(id, kind)
        .or(() -> kind.isPresent() ? Optional.empty() : Optional.of("has a kind that the cluster does not serve"))
        .or(() -> ignored.test(id) ? Optional.of("is for an object that is never mirrored") : Optional.empty())
        .or(() -> ResourcePaths.path(destination.baseFolder(), id).equals(path)
            ? Optional.empty()
            : Optional.of("is not at the path for " + id.key()));
  }
}
