/** Turns an adapter of HyperFleet's Go framework into a folder of ours: its files in, files and a report out. */
package io.hyperfleet.dryrun.convert;
