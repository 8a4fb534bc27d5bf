/** Liveness and readiness of a process. */
package io.hyperfleet.operation;
