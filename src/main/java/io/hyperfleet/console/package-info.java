/**
 * Pages for operators: the fleet, a cluster, the adapters, the outbox. A client of the API and of nothing else, which
 * shows the API's words and passes on what the user asks for.
 */
package io.hyperfleet.console;
