/** What another revision of an adapter would change; read-only and without Kubernetes. */
package io.hyperfleet.dryrun.plan;
