/**
 * The metrics of HyperFleet: their names and tags in one place ({@code Metric}), and what is computed when they are
 * read.
 */
package io.hyperfleet.metric;
