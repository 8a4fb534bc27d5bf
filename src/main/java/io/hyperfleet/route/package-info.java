/** How the YAML routes of a process are found and loaded. */
package io.hyperfleet.route;
