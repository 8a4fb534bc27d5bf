/** What another revision of an adapter would change, looked at without Kubernetes and without changing anything. */
package io.hyperfleet.dryrun.plan;
