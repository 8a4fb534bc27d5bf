/** Expressions in the texts of an adapter's files: where they are, what they yield, and how one that fails is told. */
package io.hyperfleet.adapter.expression;
