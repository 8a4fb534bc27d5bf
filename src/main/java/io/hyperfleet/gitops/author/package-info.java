/** Who made a change, as Kubernetes' audit log or the object itself says. */
package io.hyperfleet.gitops.author;
