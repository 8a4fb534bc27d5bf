/** Rollouts: a new revision of an adapter reaches resources in waves, halts by itself where it fails, and goes back. */
package io.hyperfleet.rollout;
