/** The fleet in numbers, counted in the background, and the adapters that work on it. */
package io.hyperfleet.fleet;
