/** The database as a whole: health, schema version and migration. */
package io.hyperfleet.database;
