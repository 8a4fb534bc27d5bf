/** Google Pub/Sub: the connection, topics and subscriptions, publishers, and what keeps consumers going. */
package io.hyperfleet.broker;
