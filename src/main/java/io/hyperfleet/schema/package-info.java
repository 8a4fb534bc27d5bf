/** Schemas for specs, from the operator's OpenAPI file. */
package io.hyperfleet.schema;
