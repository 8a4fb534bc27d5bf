package io.hyperfleet.events;

/**
 * Which events to list; null = all.
 *
 * @param status pending, published or dead
 */
public record EventFilter(String aggregateId, Boolean published, String status) {}
