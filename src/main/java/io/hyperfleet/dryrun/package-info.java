/**
 * Tries an adapter without a broker, a cluster or a database: the adapter's own routes run in this process, with
 * stand-ins for the services that they call, for the commands {@code adapter try} and {@code adapter test}, formerly
 * {@code dry-run} and {@code test-adapter}.
 */
package io.hyperfleet.dryrun;
