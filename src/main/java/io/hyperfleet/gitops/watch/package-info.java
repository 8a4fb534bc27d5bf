/** What happens in the cluster: informers, the changes that they tell, and which of them become events. */
package io.hyperfleet.gitops.watch;
