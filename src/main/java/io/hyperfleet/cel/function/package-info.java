/**
 * What expressions may call: functions, operators and macros by library, and what the page of functions says of each.
 */
package io.hyperfleet.cel.function;
