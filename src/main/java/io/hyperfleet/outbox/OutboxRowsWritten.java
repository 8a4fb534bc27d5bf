package io.hyperfleet.outbox;

/**
 * Published inside the transaction that wrote rows to the outbox; listen to it after the commit.
 *
 * @param rows how many
 */
public record OutboxRowsWritten(int rows) {}
