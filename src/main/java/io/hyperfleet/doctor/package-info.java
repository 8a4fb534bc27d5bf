/** Looks whether what HyperFleet is configured with is there: the API, the broker, the database, Kubernetes. */
package io.hyperfleet.doctor;
