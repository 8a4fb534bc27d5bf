/** What is mirrored where: the destinations and their rules, checked. */
package io.hyperfleet.gitops.destination;
