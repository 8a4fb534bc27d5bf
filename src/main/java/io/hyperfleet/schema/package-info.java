/** Schemas of what users write into a spec, from an OpenAPI file of the operator. */
package io.hyperfleet.schema;
