/**
 * What adapters report, and what follows from it: which reports are taken, what the conditions and the phase are, and
 * which reports are progress. Decisions are pure functions; {@link io.hyperfleet.status.AdapterStatuses} stores
 * reports.
 */
package io.hyperfleet.status;
