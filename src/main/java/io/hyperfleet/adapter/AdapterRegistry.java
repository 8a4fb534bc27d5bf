package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The adapters that this process runs, by name. A definition is replaced as a whole; an event uses the one that it
 * started with.
 */
public class AdapterRegistry {

  private final Map<String, AdapterDefinition> builtIn;
  private volatile Map<String, AdapterDefinition> definitions;
  private volatile SortedMap<String, String> broken = Collections.emptySortedMap();

  /**
   * A registry with the adapters of the start.
   *
   * @param definitions those that run from the start
   * @param builtIn all that are built in
   */
  AdapterRegistry(Map<String, AdapterDefinition> definitions, Map<String, AdapterDefinition> builtIn) {
    this.definitions = Map.copyOf(definitions);
    this.builtIn = Map.copyOf(builtIn);
  }

  /** Whether a definition is built in: a process is not ready without its built-in adapters. */
  boolean isBuiltIn(AdapterDefinition definition) {
    return builtIn.get(definition.name()) == definition;
  }

  Optional<AdapterDefinition> builtIn(String name) {
    return Optional.ofNullable(builtIn.get(name));
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
    return find(name).orElseThrow(() -> new IllegalArgumentException("unknown adapter '" + name + "'"));
  }

  public synchronized void put(AdapterDefinition definition) {
    var changed = new TreeMap<>(definitions);
    changed.put(definition.name(), definition);
    definitions = Map.copyOf(changed);
  }

  synchronized void remove(String name) {
    var changed = new TreeMap<>(definitions);
    changed.remove(name);
    definitions = Map.copyOf(changed);
  }

  /** Folders that cannot be loaded, with their problems; their adapters keep running with the last valid definition. */
  public SortedMap<String, String> broken() {
    return broken;
  }

  void broken(Map<String, String> problems) {
    broken = Collections.unmodifiableSortedMap(new TreeMap<>(problems));
  }
}
