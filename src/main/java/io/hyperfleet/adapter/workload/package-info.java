package io.hyperfleet.adapter.workload;

/** An adapter's objects in Kubernetes: Jobs and others, their state, and why they fail. */
