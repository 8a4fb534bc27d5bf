/** What is to be committed: windows, commits and pushes of one branch. */
package io.hyperfleet.gitops.write;
