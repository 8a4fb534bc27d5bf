/** The roles of a process, with the auto-configurations and ports that they need. */
package io.hyperfleet.role;
