/**
 * The schedule of events: when a resource's next event is due, and why. A pure function of the resource's state and the
 * database's clock.
 */
package io.hyperfleet.schedule;
