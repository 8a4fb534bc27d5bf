/**
 * The metrics of HyperFleet: names and tags ({@code Metric}), and values computed on read.
 */
package io.hyperfleet.metric;
