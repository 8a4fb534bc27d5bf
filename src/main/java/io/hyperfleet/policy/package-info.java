/** The policy for objects that adapters create in Kubernetes: allowed kinds, namespaces and permissions of pods. */
package io.hyperfleet.policy;
