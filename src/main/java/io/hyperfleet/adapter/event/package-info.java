package io.hyperfleet.adapter.event;

/**
 * The state of an event between the steps of a route: each record is a variable of the exchange, and predicates of
 * routes read its components.
 */
