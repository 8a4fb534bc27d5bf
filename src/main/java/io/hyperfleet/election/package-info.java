/**
 * One of several processes of a role works and the others wait: an election by a Lease of Kubernetes, which starts and
 * stops Camel's routes.
 */
package io.hyperfleet.election;
