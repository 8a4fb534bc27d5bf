/** The comparison of cluster and Git, which finds missed changes, and the conditions of destinations. */
package io.hyperfleet.gitops.reconcile;
