/** What an adapter may make in Kubernetes: kinds, namespaces and what pods may do, as lists of what is allowed. */
package io.hyperfleet.policy;
