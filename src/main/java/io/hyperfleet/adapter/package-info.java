/**
 * The adapters of a process: their routes, and the steps that take an event from the message to the report.
 *
 * <p>Partners' folders are read in {@code folder}, what they mean is a {@code definition}, what an event carries from
 * step to step stands in {@code event}, and what is done in Kubernetes in {@code workload}. No text of a partner leaves
 * {@code definition} as anything but data: it never becomes a parameter, a placeholder or an expression of a route.
 */
package io.hyperfleet.adapter;
