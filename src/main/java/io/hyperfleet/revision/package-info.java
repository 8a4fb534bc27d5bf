/** Revisions of adapters: what their folders mean, which are known, and which is wanted. */
package io.hyperfleet.revision;
