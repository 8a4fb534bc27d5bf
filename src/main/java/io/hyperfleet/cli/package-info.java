/**
 * What operators and users ask a running fleet from a terminal, and tell it: {@code get}, {@code describe},
 * {@code events}, {@code wait}, {@code retry}, {@code pause}, {@code resume}, {@code outbox}. Clients of the API and of
 * nothing else; no application is started for them.
 */
package io.hyperfleet.cli;
