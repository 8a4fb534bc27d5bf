/** The registry of kinds: which resources there are, how they are named, and which adapters must report about them. */
package io.hyperfleet.kind;
