/** Authors of changes, from Kubernetes' audit log or the object itself. */
package io.hyperfleet.gitops.author;
