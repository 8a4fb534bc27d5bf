package io.hyperfleet.bulk;

import java.util.UUID;

/**
 * The result of one step of an operation.
 *
 * @param after the last resource of the step
 * @param lastError why something failed, or null
 * @param done whether nothing is left
 */
record BulkStep(UUID after, int succeeded, int skipped, int failed, String lastError, boolean done) {}
