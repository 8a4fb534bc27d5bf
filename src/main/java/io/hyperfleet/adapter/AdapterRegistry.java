package io.hyperfleet.adapter;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import java.util.Collection;
import java.util.Map;

/** The adapters that this process runs, by name. */
public class AdapterRegistry {

  private final Map<String, AdapterDefinition> definitions;
  private final Kinds kinds;

  AdapterRegistry(Map<String, AdapterDefinition> definitions, Kinds kinds) {
    this.definitions = Map.copyOf(definitions);
    this.kinds = kinds;
  }

  Collection<AdapterDefinition> all() {
    return definitions.values();
  }

  /**
   * The definition of an adapter.
   *
   * @throws IllegalArgumentException when no adapter has that name
   */
  AdapterDefinition definition(String name) {
    var definition = definitions.get(name);
    if (definition == null) {
      throw new IllegalArgumentException("There is no adapter '" + name + "'");
    }
    return definition;
  }

  /**
   * The kind that an adapter acts on.
   *
   * @throws IllegalStateException when that kind is not configured
   */
  Kind kindOf(AdapterDefinition definition) {
    return kinds.find(definition.kind()).orElseThrow(() -> new IllegalStateException("The adapter '" + definition.name()
        + "' is for the kind " + definition.kind() + ", which is not in hyperfleet.kinds"));
  }
}
