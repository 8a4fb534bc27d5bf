/** Benchmarks: each prints one line of JSON with its reference, measured in the same run on the same machine. */
package io.hyperfleet.bench;
