/**
 * The adapters of a process: their routes, and the beans for their steps, from the message to the report.
 *
 * <p>{@code folder} reads partners' folders, {@code definition} has their meaning, {@code event} the state of an event,
 * and {@code workload} the work in Kubernetes. Text of partners leaves {@code definition} only as data: it never
 * becomes a parameter, a placeholder or an expression of a route.
 */
package io.hyperfleet.adapter;
