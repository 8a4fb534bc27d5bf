/**
 * Reports of adapters and their effects: acceptance, conditions and phase, and progress. Decisions are pure functions;
 * {@link io.hyperfleet.status.AdapterStatuses} stores reports.
 */
package io.hyperfleet.status;
