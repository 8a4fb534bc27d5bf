/** Resources of every kind: what they are, what may be asked of them, and the transactions that change them. */
package io.hyperfleet.resource;
