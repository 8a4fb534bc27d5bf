/**
 * Conditions of resources derived from adapters' reports by CEL rules. Only this part of the API depends on the
 * expression language; the rest uses {@link io.hyperfleet.status.ConditionMapping}.
 */
package io.hyperfleet.mapping;
