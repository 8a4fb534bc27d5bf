package io.hyperfleet.events;

import io.hyperfleet.tenancy.Tenant;

/**
 * Which events to list; null = all.
 *
 * @param status pending, published or dead
 * @param tenant whose events; those about a resource that is gone are nobody's any more
 */
public record EventFilter(String aggregateId, Boolean published, String status, Tenant tenant) {}
