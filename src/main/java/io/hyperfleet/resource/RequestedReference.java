package io.hyperfleet.resource;

/**
 * A requested reference.
 *
 * @param id of the resource referred to, as sent; null when it was missing
 * @param kind as sent; null means the one that the reference's rule names
 */
record RequestedReference(String id, String kind) {}
