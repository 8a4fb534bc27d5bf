/** The contract of adapters (docs/adapters/protocol.md) as tests that watch any adapter from outside. */
package io.hyperfleet.conformance;
