/** Windows, commits and pushes of a branch. */
package io.hyperfleet.gitops.write;
