package io.hyperfleet.resource.list;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.tenancy.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Scope of a list.
 *
 * @param kind null for every kind
 * @param owner id of the resource that they belong to, or null for any
 * @param tenant for whom they must exist
 * @param referenceType with {@code referenceTarget}: only resources that refer to that one so; or null
 */
public record ListScope(Kind kind, UUID owner, Tenant tenant, String referenceType, UUID referenceTarget) {

  /** The condition as text of constants, so that the planner chooses by it. */
  String sql() {
    return (kind == null ? "true" : "r.kind = :kind")
        + (owner == null ? "" : " and r.owner_id = :owner")
        // The second half lets the index of tenants' resources be used, which has no others.
        + (tenant.limited() ? " and r.tenancy = :tenancy::jsonb and r.tenancy <> '{}'" : "")
        + (referenceType == null
            ? ""
            : " and r.id in (select f.source_id from resource_references f"
                + " where f.ref_type = :referenceType and f.target_id = :referenceTarget)");
  }

  Map<String, Object> parameters() {
    var parameters = new HashMap<String, Object>();
    if (kind != null) {
      parameters.put("kind", kind.name());
    }
    if (owner != null) {
      parameters.put("owner", owner);
    }
    if (tenant.limited()) {
      parameters.put("tenancy", tenant.only());
    }
    if (referenceType != null) {
      parameters.put("referenceType", referenceType);
      parameters.put("referenceTarget", referenceTarget);
    }
    return parameters;
  }
}
