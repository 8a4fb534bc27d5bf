/** The Kubernetes client, and what its errors mean for an adapter. */
package io.hyperfleet.kubernetes;
