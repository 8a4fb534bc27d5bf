/**
 * Tries an adapter without a broker, a cluster or a database: the adapter's own routes run in this process, and
 * stand-ins for what they call answer from files. The commands {@code adapter try} and {@code adapter test}, once
 * {@code dry-run} and {@code test-adapter}, are made of it.
 */
package io.hyperfleet.dryrun;
