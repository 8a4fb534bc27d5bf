package io.hyperfleet.adapter.definition;

import io.hyperfleet.kind.AdapterConditions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Detects conflicts between adapters: two adapters on one subscription would each get half of the events, and the names
 * of two adapters may map to the same condition. Built-in adapters win, then the first by name, independent of when the
 * adapters were added.
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
   * The claims of the built-in adapters, including those that a folder replaces, since they run when that folder is
   * broken.
   */
  public AdapterClaims(Collection<AdapterDefinition> builtIn) {
    builtIn.forEach(definition -> claims(definition).keySet().forEach(claim -> owners.put(claim, definition.name())));
  }

  /** A conflict with another adapter: the key and the message. */
  public record Conflict(String key, String message) {}

  /** Adds an adapter's claims, or none if there is a conflict. To be called in the order of names. */
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
        ? "is already used by the adapter '" + owner + "'; each adapter needs its own"
        : "also produces the condition " + claim.what() + " of the adapter '" + owner
            + "'; each adapter needs its own";
  }

  /** Claims with the key of the definition that causes each. */
  private static Map<Claim, String> claims(AdapterDefinition definition) {
    Map<Claim, String> claims = new LinkedHashMap<>();
    claims.put(new Claim(definition.subscription(), ""), "spec.subscription");
    claims.put(new Claim(AdapterConditions.typeOf(definition.name()), definition.kind().toLowerCase(Locale.ROOT)),
        "metadata.name");
    return claims;
  }
}
