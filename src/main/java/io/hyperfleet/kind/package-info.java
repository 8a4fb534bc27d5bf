/** The registry of kinds: names, owners and required adapters of resources. */
package io.hyperfleet.kind;
