/**
 * One branch of a Git repository that commits are pushed to: read, rewritten in memory and pushed without ever forcing.
 */
package io.hyperfleet.git;
