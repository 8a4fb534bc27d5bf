/** The validated destinations and their rules. */
package io.hyperfleet.gitops.destination;
