/** Counts of the fleet, updated in the background, and its adapters. */
package io.hyperfleet.fleet;
