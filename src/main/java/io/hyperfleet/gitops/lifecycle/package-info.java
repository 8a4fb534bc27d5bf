/** Start, leadership changes, stop and health of the role. */
package io.hyperfleet.gitops.lifecycle;
