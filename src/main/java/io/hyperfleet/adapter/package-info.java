/**
 * Adapters as data: a folder of YAML becomes an immutable {@link io.hyperfleet.adapter.AdapterDefinition}.
 *
 * <p>{@link io.hyperfleet.adapter.AdapterLoader} parses and checks every folder and compiles its CEL;
 * {@link io.hyperfleet.adapter.AdapterVariables} builds what the CEL sees of an event; the definition answers the
 * questions that the routes ask. No text of a partner leaves this package as anything but data: it never becomes a
 * parameter, a placeholder or an expression of a route.
 */
package io.hyperfleet.adapter;
