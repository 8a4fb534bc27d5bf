package io.hyperfleet.outbox;

import java.util.List;

/**
 * Published inside the transaction that wrote rows to the outbox; listen to it after the commit.
 *
 * @param entries the new ones; empty when one that was given up is to be published after all
 */
public record OutboxRowsWritten(List<OutboxEntry> entries) {}
