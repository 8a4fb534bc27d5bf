/** Finds, checks and loads the YAML routes of a process. */
package io.hyperfleet.route;
