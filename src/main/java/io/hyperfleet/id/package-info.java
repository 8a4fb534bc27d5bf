/** Identifiers that this system makes, and the digests that some of them hold. */
package io.hyperfleet.id;
