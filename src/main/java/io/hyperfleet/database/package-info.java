/** The database as a whole: whether it answers, whether its schema is this release's, and how it gets there. */
package io.hyperfleet.database;
