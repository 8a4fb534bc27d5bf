/**
 * Conditions of resources that follow from adapters' reports by rules in CEL. It is the only part of the API that knows
 * the expression language: the rest asks {@link io.hyperfleet.status.ConditionMapping}.
 */
package io.hyperfleet.mapping;
