package io.hyperfleet.schema;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Schemas of specs.
 *
 * @param location OpenAPI 3.0 file whose components.schemas describe the specs of kinds, such as
 * file:/etc/hyperfleet/schemas.yaml; without one, every object is accepted as a spec.
 */
@ConfigurationProperties("hyperfleet.spec-schemas")
public record SpecSchemaProperties(String location) {}
