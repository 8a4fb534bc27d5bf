/** The Sentinel: beans and monitoring for its tick, which is a route. */
package io.hyperfleet.sentinel;
