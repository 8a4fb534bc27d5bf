/** The contract of adapters (docs/adapters/contract.md) as tests that watch any adapter from outside. */
package io.hyperfleet.conformance;
