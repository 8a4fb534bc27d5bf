/**
 * One branch of a Git repository: read, rewritten in memory and pushed, never forced.
 */
package io.hyperfleet.git;
