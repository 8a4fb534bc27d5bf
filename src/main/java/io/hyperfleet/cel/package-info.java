/**
 * CEL, the one expression language of HyperFleet: adapters' conditions and manifests, and predicates in routes.
 *
 * <p>{@link io.hyperfleet.cel.CelEngine} compiles an expression once; the {@link io.hyperfleet.cel.CelProgram} is
 * immutable and evaluates in microseconds. Expressions come from partners and run over users' data, so each is limited
 * ({@link io.hyperfleet.cel.CelLimits}) in size, iterations, memory and time.
 */
package io.hyperfleet.cel;
