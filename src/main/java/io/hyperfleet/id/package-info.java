/** Identifiers that this system makes. */
package io.hyperfleet.id;
