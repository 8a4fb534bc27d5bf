/**
 * Faults that HyperFleet survives (docs/reliability.md), each provoked for real and followed by the history checker.
 */
package io.hyperfleet.faults;
