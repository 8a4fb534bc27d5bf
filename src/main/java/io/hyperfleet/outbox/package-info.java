/** The transactional outbox: writing events, and the relay that publishes them. */
package io.hyperfleet.outbox;
