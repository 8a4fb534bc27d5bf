/** HyperFleet's own parts and ours in one fleet: what clients and adapters of the other one do to ours. */
package io.hyperfleet.interchange;
