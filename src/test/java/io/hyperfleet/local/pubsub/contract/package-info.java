/** What Pub/Sub does, asked of the local server and, where there is one, of Google's emulator. */
package io.hyperfleet.local.pubsub.contract;
