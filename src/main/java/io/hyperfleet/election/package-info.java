/**
 * Leader election among processes of a role with a Kubernetes Lease, which starts and stops Camel routes.
 */
package io.hyperfleet.election;
