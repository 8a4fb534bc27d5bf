/**
 * The GitOps reverser: what happens in Kubernetes is committed to Git as it happens, and a reconciler repairs what was
 * missed. The flow is in the routes; {@code io.hyperfleet.git} does the Git. Here are the words that all its parts
 * share: settings, destinations, objects, events. The parts know each other in this order: {@code manifest},
 * {@code destination}, {@code author}, {@code write}, {@code watch}, {@code reconcile}, {@code lifecycle}.
 */
package io.hyperfleet.gitops;
