/** The Kubernetes client, and the meaning of its errors for an adapter. */
package io.hyperfleet.kubernetes;
