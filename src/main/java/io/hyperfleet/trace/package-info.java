/**
 * Traces across processes: from a request through the outbox, the broker and an adapter to its report (decision 34).
 */
package io.hyperfleet.trace;
