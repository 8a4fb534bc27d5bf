package io.hyperfleet.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The adapters that this process runs, by name. A definition is replaced as a whole; an event keeps the one that it began with. */
public class AdapterRegistry {

  private volatile Map<String, AdapterDefinition> definitions;
  private volatile Map<String, String> broken = Map.of();

  AdapterRegistry(Map<String, AdapterDefinition> definitions) {
    this.definitions = Map.copyOf(definitions);
  }

  /** The definitions in the order of their names. */
  Collection<AdapterDefinition> all() {
    return List.copyOf(new TreeMap<>(definitions).values());
  }

  Optional<AdapterDefinition> find(String name) {
    return Optional.ofNullable(definitions.get(name));
  }

  /**
   * The definition of an adapter.
   *
   * @throws IllegalArgumentException when no adapter has that name
   */
  AdapterDefinition definition(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("There is no adapter '" + name + "'"));
  }

  synchronized void put(AdapterDefinition definition) {
    var changed = new TreeMap<>(definitions);
    changed.put(definition.name(), definition);
    definitions = Map.copyOf(changed);
  }

  synchronized void remove(String name) {
    var changed = new TreeMap<>(definitions);
    changed.remove(name);
    definitions = Map.copyOf(changed);
  }

  /** Folders that cannot be used as they are now, with what is wrong; their adapters run on as they last could. */
  Map<String, String> broken() {
    return broken;
  }

  void broken(Map<String, String> problems) {
    broken = Map.copyOf(problems);
  }
}
