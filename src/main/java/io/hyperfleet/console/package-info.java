/**
 * Pages for operators: the fleet, a resource, the adapters, the outbox. A client of the API only, which shows its
 * messages and forwards users' actions.
 */
package io.hyperfleet.console;
