package io.hyperfleet.resource;

import java.util.UUID;

/** A reference to another resource, or to the owner. */
public record ObjectReference(UUID id, String kind, String href) {}
