/** Converts an adapter of HyperFleet's Go framework: its files in, files and a report out. */
package io.hyperfleet.dryrun.convert;
