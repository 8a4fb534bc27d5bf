/** Statements in {@code classpath:sql/}, and conversions of column types. */
package io.hyperfleet.sql;
