package io.hyperfleet.metric;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * A part of HyperFleet that this process runs; a bean for each.
 *
 * @param buildInfo tells its release
 * @param up tells whether it runs; null where nothing does
 * @param components who it is, such as the names of the adapters
 */
public record RunningComponent(Metric buildInfo, Metric up, Supplier<Collection<String>> components) {}
