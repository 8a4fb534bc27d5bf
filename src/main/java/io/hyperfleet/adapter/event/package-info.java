package io.hyperfleet.adapter.event;

/**
 * What an event of an adapter carries from step to step: each record is a variable of the exchange, and its components
 * are what the predicates of the routes read.
 */
