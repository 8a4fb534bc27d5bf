/** The adapter protocol (docs/adapters/protocol.md) as tests that watch any adapter from outside. */
package io.hyperfleet.conformance;
