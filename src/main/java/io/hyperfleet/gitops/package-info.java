/**
 * The GitOps reverser: what happens in Kubernetes is committed to Git as it happens, and a reconciler repairs what was missed
 * (the event flow seed). The flow is in the routes; decisions are pure functions here; {@code io.hyperfleet.git} does the Git.
 */
package io.hyperfleet.gitops;
