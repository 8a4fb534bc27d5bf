package io.hyperfleet.local.pubsub.contract;

/**
 * The server that a contract test runs against.
 *
 * @param endpoint host:port
 * @param isGooglesEmulator whether it is known to depart from the documentation in places
 */
record PubSubTarget(String endpoint, boolean isGooglesEmulator) {}
