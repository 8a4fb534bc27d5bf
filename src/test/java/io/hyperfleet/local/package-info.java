/** Services that a machine without any can start: the real ones where they come as libraries or binaries. */
package io.hyperfleet.local;
