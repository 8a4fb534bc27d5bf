package io.hyperfleet.api;

import org.springframework.test.context.TestPropertySource;

/** The API with tenants whom a gateway names, and system identities that belong to none. */
@TestPropertySource(properties = {
    "hyperfleet.tenancy.enabled=true",
    "hyperfleet.tenancy.dimensions[0].header=X-Org",
    "hyperfleet.tenancy.dimensions[0].key=org",
    "hyperfleet.tenancy.dimensions[1].header=X-Project",
    "hyperfleet.tenancy.dimensions[1].key=project",
    "hyperfleet.tenancy.dimensions[1].required=false",
    "hyperfleet.auth.system-header=X-System"})
abstract class TenantApiIT extends ApiIT {

  static final String[] OWN = {"X-Org", "o1"};
  static final String[] SYSTEM = {"X-System", "true"};
}
