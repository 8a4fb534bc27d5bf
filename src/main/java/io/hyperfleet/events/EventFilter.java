package io.hyperfleet.events;

import io.hyperfleet.tenancy.Tenant;

/**
 * Filter for events; null = all.
 *
 * @param status pending, published or dead
 * @param tenant tenant of the events; events of deleted resources belong to none
 */
public record EventFilter(String aggregateId, Boolean published, String status, Tenant tenant) {}
