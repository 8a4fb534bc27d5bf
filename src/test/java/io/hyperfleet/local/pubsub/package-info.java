/**
 * A Pub/Sub server inside this JVM, for machines that have neither Google's cloud nor its emulator.
 *
 * <p>It speaks {@code google.pubsub.v1} over plaintext gRPC, so Google's clients of any language and Camel's
 * {@code google-pubsub} component use it as they use the emulator. Start it with
 * {@link io.hyperfleet.local.pubsub.LocalPubSub}. Everything is kept in memory and is gone when the server closes.
 *
 * <p>Where Google's emulator and the service's documentation differ, the documentation wins, and the class says so in a
 * line that starts with "Emulator:". What is not here is refused as {@code UNIMPLEMENTED}, never quietly ignored: push,
 * BigQuery and Cloud Storage delivery, filters, schemas, transforms, exactly-once delivery, snapshots and seek.
 * Retention is not enforced: a message stays until it is acknowledged or its subscription goes.
 */
package io.hyperfleet.local.pubsub;
