/** Changes in the cluster: informers, and which changes become events. */
package io.hyperfleet.gitops.watch;
