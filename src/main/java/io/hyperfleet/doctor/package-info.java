/** Checks the configured services: the API, the broker, the database and Kubernetes. */
package io.hyperfleet.doctor;
