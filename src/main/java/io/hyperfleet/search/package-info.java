/**
 * The search language of lists: text in, a condition with bound values out. Nothing that a caller wrote becomes SQL
 * text; it only chooses among pieces of SQL that stand here.
 */
package io.hyperfleet.search;
