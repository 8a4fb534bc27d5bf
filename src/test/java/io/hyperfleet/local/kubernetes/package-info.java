/**
 * A Kubernetes API for machines that have a JDK and nothing else, and for tests.
 *
 * <p>{@link io.hyperfleet.local.kubernetes.LocalKubernetes} is the way in. Below it an HTTP listener hands requests to
 * the API, which reads and writes one store through one writer (validation, defaults, managed fields, generations); the
 * simulator's controllers listen to the store and write through the same writer. Objects are JSON trees.
 *
 * <p>It does not authenticate or authorize, does not check the types of fields, and runs no container.
 */
package io.hyperfleet.local.kubernetes;
