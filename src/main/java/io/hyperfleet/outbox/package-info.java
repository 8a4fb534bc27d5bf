/** The transactional outbox: who writes events to it, and the relay that publishes them. */
package io.hyperfleet.outbox;
