/** The comparison of cluster and Git, which finds what was missed, and the conditions of destinations. */
package io.hyperfleet.gitops.reconcile;
