/**
 * Tenancy: dimensions from a gateway's headers, stored with each resource, which does not exist for other tenants.
 */
package io.hyperfleet.tenancy;
