/**
 * GitOps: mirrors changes in Kubernetes to Git as they happen; a comparison repairs missed changes. The flow is in the
 * routes; {@code io.hyperfleet.git} implements Git. This package has the types shared by all parts: settings,
 * destinations, objects, events. The parts depend on each other in this order: {@code manifest}, {@code destination},
 * {@code author}, {@code write}, {@code watch}, {@code reconcile}, {@code lifecycle}.
 */
package io.hyperfleet.gitops;
