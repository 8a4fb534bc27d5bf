package io.hyperfleet.metric;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * A part of HyperFleet that this process runs; one bean per part.
 *
 * @param buildInfo its release
 * @param up whether it runs; null if unknown
 * @param components who it is, such as the names of the adapters
 */
public record RunningComponent(Metric buildInfo, Metric up, Supplier<Collection<String>> components) {}
