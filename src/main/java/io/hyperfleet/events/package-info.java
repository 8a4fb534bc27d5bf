/** Events that are asked for: what the Sentinel and people post, and what the outbox shows of all events. */
package io.hyperfleet.events;
