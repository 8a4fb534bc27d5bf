/** Google Pub/Sub: the connection, topics and subscriptions, publishers, and supervised consumers. */
package io.hyperfleet.broker;
