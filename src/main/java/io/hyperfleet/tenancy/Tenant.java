package io.hyperfleet.tenancy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The tenant of a caller: either one tenant, with resources of exactly these dimensions, or a caller who sees all.
 * Resources that a tenant cannot see do not exist for it.
 *
 * @param dimensions kept with what the tenant creates
 * @param limited whether only resources of these dimensions are seen
 */
public record Tenant(ObjectNode dimensions, boolean limited) {

  /** Sees everything: system identities, this process itself, and everybody while tenancy is off. */
  public static final Tenant ANY = new Tenant(JsonNodeFactory.instance.objectNode(), false);

  /** Whether resources of these dimensions exist for the tenant. */
  public boolean sees(JsonNode tenancy) {
    return !limited || dimensions.equals(tenancy);
  }

  /** The dimensions as JSON, to compare a column with; null where nothing is hidden. */
  public String only() {
    return limited ? dimensions.toString() : null;
  }
}
