package io.hyperfleet.resource;

import java.util.UUID;

/** The resource that another one belongs to. */
public record Owner(UUID id, String kind, String href) {}
