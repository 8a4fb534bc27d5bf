/** Access to the statements in {@code classpath:sql/}, and to the column types that they use. */
package io.hyperfleet.sql;
