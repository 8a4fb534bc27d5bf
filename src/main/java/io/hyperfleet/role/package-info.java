/** What a process runs: the roles, and what Spring Boot and the network see of a process with only some of them. */
package io.hyperfleet.role;
