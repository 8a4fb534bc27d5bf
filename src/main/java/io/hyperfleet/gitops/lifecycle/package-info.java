/** How the role starts, hands over to another leader and stops, and what it says about itself. */
package io.hyperfleet.gitops.lifecycle;
