/** Requested events, from the Sentinel and users, and the outbox for operators. */
package io.hyperfleet.events;
