/** One of several processes of a role works and the others wait: an election by a Lease of Kubernetes, which Camel holds. */
package io.hyperfleet.election;
