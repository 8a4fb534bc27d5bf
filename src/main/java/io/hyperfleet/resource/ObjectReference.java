package io.hyperfleet.resource;

import java.util.UUID;

/** Another resource, as its owner or what it refers to. */
public record ObjectReference(UUID id, String kind, String href) {}
