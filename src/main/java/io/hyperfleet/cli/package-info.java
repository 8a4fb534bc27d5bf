/**
 * Commands for operators and users of a running fleet: {@code get}, {@code describe}, {@code events}, {@code wait},
 * {@code retry}, {@code pause}, {@code resume}, {@code outbox}. They are clients of the API only, and do not start the
 * application.
 */
package io.hyperfleet.cli;
