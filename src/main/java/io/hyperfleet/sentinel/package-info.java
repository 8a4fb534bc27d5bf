/** The Sentinel (event ticker): its tick is a route, this is what watches it. */
package io.hyperfleet.sentinel;
