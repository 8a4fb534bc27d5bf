/**
 * Adapters as data: loads a folder of YAML into an immutable
 * {@link io.hyperfleet.adapter.definition.AdapterDefinition}.
 *
 * <p>{@link io.hyperfleet.adapter.definition.AdapterLoader} checks every folder and compiles its CEL;
 * {@link io.hyperfleet.adapter.definition.AdapterVariables} builds the variables of an event; the definition evaluates
 * what the routes need.
 */
package io.hyperfleet.adapter.definition;
