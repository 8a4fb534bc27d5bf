/**
 * The search language of lists: text in, a condition with bound values out. Text of callers never becomes SQL; it only
 * selects among fixed pieces of SQL.
 */
package io.hyperfleet.search;
