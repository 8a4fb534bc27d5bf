/** Whose a resource is: dimensions that a gateway says in headers, kept with each resource. Reads are not limited by it. */
package io.hyperfleet.tenancy;
