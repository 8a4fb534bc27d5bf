package io.hyperfleet.adapter.definition;

import io.hyperfleet.kind.AdapterConditions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What only one adapter can have: a subscription, since two adapters on one would each get half of the events, and the
 * condition that shows an adapter's word, which two names may make. Built-in adapters win, then the order of names,
 * however and whenever the adapters came.
 */
public final class AdapterClaims {

  /**
   * What is claimed.
   *
   * @param of the kind of resources that a condition is of; empty for a subscription
   */
  private record Claim(String what, String of) {}

  private final Map<Claim, String> owners = new HashMap<>();

  /**
   * The claims of the built-in adapters: they hold also for one that a folder replaces, which runs when that folder
   * breaks.
   */
  public AdapterClaims(Collection<AdapterDefinition> builtIn) {
    builtIn.forEach(definition -> claims(definition).keySet().forEach(claim -> owners.put(claim, definition.name())));
  }

  /** What is wrong with an adapter that claims what another one has: the key, and what is allowed. */
  public record Conflict(String key, String message) {}

  /** Has an adapter make its claims, all or, when there is a conflict, none. Callers keep to the order of names. */
  public Optional<Conflict> claim(AdapterDefinition definition) {
    var claims = claims(definition);
    var conflict = claims.entrySet().stream()
        .filter(claim -> !owners.getOrDefault(claim.getKey(), definition.name()).equals(definition.name()))
        .findFirst().map(claim -> new Conflict(claim.getValue(), message(claim.getKey())));
    if (conflict.isEmpty()) {
      claims.keySet().forEach(claim -> owners.put(claim, definition.name()));
    }
    return conflict;
  }

  private String message(Claim claim) {
    var owner = owners.get(claim);
    return claim.of().isEmpty()
        ? "is that of the adapter '" + owner + "'; each adapter has one of its own"
        : "makes the condition " + claim.what() + ", as the adapter '" + owner
            + "' does; each adapter has one of its own";
  }

  /** By the key of the definition that makes each. */
  private static Map<Claim, String> claims(AdapterDefinition definition) {
    Map<Claim, String> claims = new LinkedHashMap<>();
    claims.put(new Claim(definition.subscription(), ""), "spec.subscription");
    claims.put(new Claim(AdapterConditions.typeOf(definition.name()), definition.kind().toLowerCase(Locale.ROOT)),
        "metadata.name");
    return claims;
  }
}
