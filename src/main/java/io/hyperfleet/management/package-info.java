/** Hawtio on the management port, with a read-only policy. */
package io.hyperfleet.management;
