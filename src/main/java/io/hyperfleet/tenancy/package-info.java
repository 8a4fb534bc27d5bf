/**
 * Whose a resource is: dimensions that a gateway says in headers, kept with each resource. For other tenants it does
 * not exist.
 */
package io.hyperfleet.tenancy;
