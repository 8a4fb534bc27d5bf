package io.hyperfleet.adapter.workload;

/** What an adapter makes in Kubernetes: Jobs and other objects, whether they are as wanted, and why they are not. */
