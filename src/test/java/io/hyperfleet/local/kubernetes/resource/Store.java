package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The objects and the order in which they changed. One lock makes every write and the start of every watch atomic, so
 * that a watch neither misses nor repeats a change. Stored trees are never modified in place.
 */
public final class Store {

  /** The history that a watch may ask for; older versions are {@code 410 Gone}. */
  private static final int HISTORY = 20_000;

  public enum Action {
    ADDED, MODIFIED, DELETED
  }

  /** One step of the history; {@code before} is null for a new object. */
  public record Change(Action action, ResourceType type, ObjectNode object, ObjectNode before, long version) {
  }

  /** An object that names another as its owner. */
  public record Dependent(ResourceType type, String namespace, String name) {
  }

  private record Kind(String group, String plural) {
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Kind, TreeMap<String, ObjectNode>> objects = new HashMap<>();
  private final Map<String, Set<Dependent>> dependents = new HashMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = 1;

  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  public void locked(Runnable work) {
    locked(() -> {
      work.run();
      return null;
    });
  }

  public long version() {
    return locked(() -> version);
  }

  /** Listeners run in the order of the changes, under the lock: they hand work on and return. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  void forget(Consumer<Change> listener) {
    listeners.remove(listener);
  }

  public Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
    return locked(() -> Optional.ofNullable(of(type).get(key(namespace, name))));
  }

  /** In the order of namespace and name; an empty namespace means all. */
  public List<ObjectNode> list(ResourceType type, String namespace) {
    return locked(() -> {
      var all = of(type);
      // '0' is the character after '/': the names of one namespace are one range of keys.
      var range = namespace.isEmpty() ? all : all.subMap(namespace + "/", namespace + "0");
      return new ArrayList<>(range.values());
    });
  }

  /** What names the owner with this uid. */
  public List<Dependent> dependents(String uid) {
    return locked(() -> List.copyOf(dependents.getOrDefault(uid, Set.of())));
  }

  /** Stores an object as the next version, which is written into its metadata. */
  public ObjectNode put(ResourceType type, ObjectNode object) {
    return locked(() -> {
      version++;
      Json.metadata(object).put("resourceVersion", Long.toString(version));
      var before = of(type).put(key(Json.namespace(object), Json.name(object)), object);
      publish(new Change(before == null ? Action.ADDED : Action.MODIFIED, type, object, before, version));
      return object;
    });
  }

  public void remove(ResourceType type, ObjectNode object) {
    locked(() -> {
      var before = of(type).remove(key(Json.namespace(object), Json.name(object)));
      if (before != null) {
        version++;
        var last = before.deepCopy();
        Json.metadata(last).put("resourceVersion", Long.toString(version));
        publish(new Change(Action.DELETED, type, last, before, version));
      }
    });
  }

  /** What happened after a version; fails when that is no longer known. */
  List<Change> since(long asked) {
    return locked(() -> {
      var oldest = history.isEmpty() ? version : history.peekFirst().version() - 1;
      if (asked < oldest || asked > version) {
        throw ApiError.expired(asked, oldest);
      }
      return history.stream().filter(change -> change.version() > asked).toList();
    });
  }

  /** Forgets the history up to now. */
  public void compact() {
    locked(history::clear);
  }

  private void publish(Change change) {
    index(change);
    history.addLast(change);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    listeners.forEach(listener -> listener.accept(change));
  }

  private void index(Change change) {
    var self = new Dependent(change.type(), Json.namespace(change.object()), Json.name(change.object()));
    if (change.before() != null) {
      change.before().path("metadata").path("ownerReferences")
          .forEach(owner -> dependents.computeIfPresent(Json.text(owner, "uid"), (uid, known) -> {
            known.remove(self);
            return known.isEmpty() ? null : known;
          }));
    }
    if (change.action() != Action.DELETED) {
      change.object().path("metadata").path("ownerReferences").forEach(
          owner -> dependents.computeIfAbsent(Json.text(owner, "uid"), uid -> new LinkedHashSet<>()).add(self));
    }
  }

  private TreeMap<String, ObjectNode> of(ResourceType type) {
    return objects.computeIfAbsent(new Kind(type.group(), type.plural()), kind -> new TreeMap<>());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
