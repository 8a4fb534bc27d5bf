package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.stereotype.Component;

/** The kinds that adapters act on. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdapterKinds {

  private final Kinds kinds;

  AdapterKinds(Kinds kinds) {
    this.kinds = kinds;
  }

  /**
   * The kind that an adapter acts on.
   *
   * @throws IllegalStateException when that kind is not configured
   */
  Kind kindOf(AdapterDefinition definition) {
    return kind(definition, definition.kind());
  }

  /**
   * The kind that owns the resources that an adapter acts on.
   *
   * @throws IllegalStateException when there is none
   */
  Kind parentOf(AdapterDefinition definition) {
    return kind(definition, String.valueOf(kindOf(definition).parent()));
  }

  private Kind kind(AdapterDefinition definition, String name) {
    return kinds.named(name).orElseThrow(() -> new IllegalStateException("The adapter '" + definition.name()
        + "' is for the kind " + definition.kind() + ", and " + name + " is not in hyperfleet.kinds"));
  }
}
