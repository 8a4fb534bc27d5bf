/** Expressions in the text of an adapter's files: parsing, rendering and error messages. */
package io.hyperfleet.adapter.expression;
