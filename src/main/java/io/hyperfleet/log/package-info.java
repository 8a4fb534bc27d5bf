/** Fields of log lines, and removal of secrets. */
package io.hyperfleet.log;
