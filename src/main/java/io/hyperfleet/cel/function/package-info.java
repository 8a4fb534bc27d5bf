/**
 * The functions, operators and macros for expressions by library, with their documentation.
 */
package io.hyperfleet.cel.function;
