/**
 * Adapters as data: a folder of YAML becomes an immutable {@link io.hyperfleet.adapter.definition.AdapterDefinition}.
 *
 * <p>{@link io.hyperfleet.adapter.definition.AdapterLoader} checks every folder and compiles its CEL;
 * {@link io.hyperfleet.adapter.definition.AdapterVariables} builds what the CEL sees of an event; the definition
 * answers the questions that the routes ask.
 */
package io.hyperfleet.adapter.definition;
